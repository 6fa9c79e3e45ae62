// Addresses of Bluetooth sockets.
#include "modules/socket/bluetooth.h"

#include <cstdio>

#include "object/bytes.h"
#include "object/int.h"
#include "object/str.h"
#include "object/tuple.h"

namespace taipan::sockets::bluetooth {
namespace {

struct Device {  // the kernel's bdaddr_t: lowest byte first
  uint8_t bytes[6];
};
struct L2cap {
  sa_family_t family;
  uint16_t psm;
  Device device;
  uint16_t cid;
  uint8_t device_type;
};
struct Rfcomm {
  sa_family_t family;
  Device device;
  uint8_t channel;
};
struct Hci {
  sa_family_t family;
  uint16_t device;
  uint16_t channel;
};
struct Sco {
  sa_family_t family;
  Device device;
};

Status parse_device(std::string_view text, Device& to) {
  unsigned b[6];
  char rest;
  if (sscanf(text.data(), "%X:%X:%X:%X:%X:%X%c", &b[5], &b[4], &b[3], &b[2], &b[1], &b[0], &rest) == 6 &&
      (b[0] | b[1] | b[2] | b[3] | b[4] | b[5]) < 256) {
    for (int i = 0; i < 6; i++) to.bytes[i] = static_cast<uint8_t>(b[i]);
    return {};
  }
  return raise(PyExc_OSError, "bad bluetooth address");
}
Ref<> device_text(const Device& d) {
  char text[18];
  snprintf(text, sizeof text, "%02X:%02X:%02X:%02X:%02X:%02X", d.bytes[5], d.bytes[4], d.bytes[3], d.bytes[2], d.bytes[1],
           d.bytes[0]);
  return new_str(text);
}
template <class T>
T& begin(Address& to, socklen_t& size) {
  size = sizeof(T);
  auto& t = *reinterpret_cast<T*>(&to);
  t.family = AF_BLUETOOTH;
  return t;
}
Raised raise_format(const char* caller) { return raise(PyExc_OSError, "{}(): wrong format", caller); }

}  // namespace

Status parse_address(Socket& s, PyObject* o, Address& to, socklen_t& size, const char* caller) {
  bool pair = PyTuple_Check(o) && tuple_size(o) == 2;
  auto read_pair = [&](Device& device, int& number) -> Status {
    std::string_view name;
    if (!pair || !take_arguments(caller, {fast_items(o), 2, nullptr}, 2, name, number)) {
      clear_error();
      return raise_format(caller);
    }
    return parse_device(name, device);
  };
  int number = 0;
  switch (s.proto) {
    case kL2cap: {
      auto& a = begin<L2cap>(to, size);
      TRY(read_pair(a.device, number));
      a.psm = static_cast<uint16_t>(number);
      return {};
    }
    case kRfcomm: {
      auto& a = begin<Rfcomm>(to, size);
      TRY(read_pair(a.device, number));
      a.channel = static_cast<uint8_t>(number);
      return {};
    }
    case kHci: {
      auto& a = begin<Hci>(to, size);
      if (!PyTuple_Check(o) || tuple_size(o) != 1 || !take_arguments(caller, {fast_items(o), 1, nullptr}, 1, number)) {
        clear_error();
        return raise_format(caller);
      }
      a.device = static_cast<uint16_t>(number);
      return {};
    }
    case kSco: {
      auto& a = begin<Sco>(to, size);
      if (!PyBytes_Check(o)) return raise_format(caller);
      return parse_device(bytes_view(o), a.device);
    }
  }
  return raise(PyExc_OSError, "{}(): unknown Bluetooth protocol", caller);
}

Result<socklen_t> address_size(Socket& s) {
  switch (s.proto) {
    case kL2cap: return socklen_t{sizeof(L2cap)};
    case kRfcomm: return socklen_t{sizeof(Rfcomm)};
    case kHci: return socklen_t{sizeof(Hci)};
    case kSco: return socklen_t{sizeof(Sco)};
  }
  return raise(PyExc_OSError, "getsockaddrlen: unknown BT protocol");
}

Ref<> address_object(const sockaddr* address, int proto) {
  switch (proto) {
    case kL2cap: {
      auto& a = *reinterpret_cast<const L2cap*>(address);
      Ref<> name = TRY(device_text(a.device)), number = TRY(new_int(a.psm));
      return tuple_of({name.get(), number.get()});
    }
    case kRfcomm: {
      auto& a = *reinterpret_cast<const Rfcomm*>(address);
      Ref<> name = TRY(device_text(a.device)), number = TRY(new_int(a.channel));
      return tuple_of({name.get(), number.get()});
    }
    case kHci: {
      Ref<> number = TRY(new_int(reinterpret_cast<const Hci*>(address)->device));
      return tuple_of({number.get()});
    }
    case kSco: return device_text(reinterpret_cast<const Sco*>(address)->device);
  }
  return raise(PyExc_ValueError, "Unknown Bluetooth protocol");
}

}  // namespace taipan::sockets::bluetooth
