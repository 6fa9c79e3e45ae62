#pragma once
// Addresses of Bluetooth sockets, whose structures are the kernel's.
#include "modules/socket/socket.h"

namespace taipan::sockets::bluetooth {

enum Protocol { kL2cap = 0, kHci = 1, kSco = 2, kRfcomm = 3 };
Status parse_address(Socket& s, PyObject* o, Address& to, socklen_t& size, const char* caller);
Result<socklen_t> address_size(Socket& s);
Ref<> address_object(const sockaddr* address, int proto);

}  // namespace taipan::sockets::bluetooth
