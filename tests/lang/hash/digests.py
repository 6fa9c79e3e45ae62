# The hash objects that are part of the interpreter itself.
import _md5, _sha1, _sha256, _sha512

makers = [_md5.md5, _sha1.sha1, _sha256.sha224, _sha256.sha256, _sha512.sha384, _sha512.sha512]
for make in makers:
    print(make().hexdigest(), make(b"abc").hexdigest())
#> d41d8cd98f00b204e9800998ecf8427e 900150983cd24fb0d6963f7d28e17f72
#> da39a3ee5e6b4b0d3255bfef95601890afd80709 a9993e364706816aba3e25717850c26c9cd0d89d
#> d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7
#> e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
#> 38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7
#> cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
for make in makers:
    h = make()
    print(h.name, h.digest_size, h.block_size, type(h).__name__, type(h).__module__)
#> md5 16 64 md5 _md5
#> sha1 20 64 sha1 _sha1
#> sha224 28 64 sha224 _sha256
#> sha256 32 64 sha256 _sha256
#> sha384 48 128 sha384 _sha512
#> sha512 64 128 sha512 _sha512
for n in (1, 55, 56, 57, 63, 64, 65, 111, 112, 113, 127, 128, 129, 1000, 12345):
    print(n, [make(bytes(i % 251 for i in range(n))).hexdigest()[:16] for make in makers])
#> 1 ['93b885adfe0da089', '5ba93c9db0cff93f', 'fff9292b4201617b', '6e340b9cffb37a98', 'bec021b4f368e306', 'b8244d028981d693']
#> 55 ['6912ee65fff2d9f9', '8ae2d46729cfe68f', '8991dfba74284e04', '463eb28e72f82e0a', 'dcedb6b590edb4ef', '6856647f269c2ee3']
#> 56 ['51fdd1acda72405d', '636e2ec698dac903', '2b2cd637c16ad729', 'da2ae4d6b36748f2', '7b9132d597b8873a', '8b12b2f6fe400a51']
#> 57 ['5320ef4c17ef34a0', '7cb1330f35244b57', 'e87f5bc938c3b981', '2fe741af801cc238', '0901b1e5b13fce00', '92cb9f2e4eee07c7']
#> 63 ['48a6295221902e8e', '6d942da0c4392b12', '049e8dd7eab3378c', '29af2686fd53374a', 'dd66b519f51a9258', '9dc9c5598e55dc42']
#> 64 ['b2d3f56bc197fd98', 'c6138d514ffa2135', 'c37b88a3522dbf7a', 'fdeab9acf3710362', '9f2c9eb7116b3d7a', 'ee4320ebaf3fdb4f']
#> 65 ['8bd7053801c76842', '69bd728ad6e13cd7', '114b5fd665736a96', '4bfd2c8b6f1eec7a', '14b0a9ffce149426', '02856cef735f9ace']
#> 111 ['4fad3ab7d8546851', 'bc544e24573d5922', '1aeef583c448a9ae', '60780e9451bdc43c', 'f5f9fe110d809d34', 'a1a111449b198d9b']
#> 112 ['d1fec2ac3715e791', 'e4ce142d09a84a86', '01e5abf50619b5c2', '09373f127d34e61d', '33ba080ec0ccb378', 'c5fbd731d19d2ae1']
#> 113 ['f62807c995735b44', '1c26461e26eb697c', 'b7ff114ca77757ca', '13aaa9b5fb739cdb', 'f14fc73c4192759b', '61b2e77db697dfe5']
#> 127 ['8402b21e7bc79064', '89d7312a903f65cd', '554c9c3f7e92b80f', '92ca0fa6651ee2f9', 'd5fcfe2fcf6b3ef3', 'eab89674feaa34e2']
#> 128 ['37eff01866ba3f53', 'e6434bc401f98603', '67d88da33fd632d8', '471fb943aa23c511', 'ca23857733191245', '1dffd5e3adb71d45']
#> 129 ['46f986692847558f', '3352e41cc30b40ae', 'a80cb91e08a62f06', '5099c6a56203f968', 'ef49ae5b9ad51433', '1d9da57fbbdab09a']
#> 1000 ['a24f1e3ef66950e1', 'c9c960a0b925474f', 'c182669a7f6629dc', '4e4c294b331f7a20', '7a2f8c7f12344964', '5096498d96f50f9a']
#> 12345 ['bf78c29f5b5a9d10', '1a61bf0ddc063d07', '541ad00c1cbf3db2', '40d8c4fa7bbe9582', 'c670bdaef52886d7', '52cebd3b6a8faf83']
for make in makers:
    h = make()
    for i in range(200):
        h.update(bytes([i]) * i)
    twin = h.copy()
    twin.update(b"x")
    print(h.hexdigest()[:20], twin.hexdigest()[:20], h.digest().hex() == h.hexdigest())
#> c5df898287b5f0268971 dd3acb321527bc43b0a1 True
#> febb487e1243494d867c e47aecd9af5382401ded True
#> ca737a7b28035cca8395 52690fa1219eb34f7ab6 True
#> c5a9f762be48c96cac07 b2c1d825908aa066a799 True
#> 48e3cd99fce2f3ffd4dc 26fe67b87bd90426ea1e True
#> d22e06ad2fee34717e7d 46992f9fb030f0c52302 True
print(_md5.md5(string=bytearray(b"a"), usedforsecurity=False).hexdigest(), _sha1.sha1(memoryview(b"abcd")[::1]).hexdigest())
#> 0cc175b9c0f1b6a831c399e269772661 81fe8bfe87576c3ecb22426f8e57847382917acf
_md5.md5("a")                           #! TypeError: Strings must be encoded before hashing
_sha256.sha256(3)                       #! TypeError: object supporting the buffer API required
_sha512.sha512().update("x")            #! TypeError: Strings must be encoded before hashing
_md5.MD5Type()                          #! TypeError: cannot create '_md5.md5' instances
_md5.md5(b"", True)                     #! TypeError: md5() takes at most 1 positional argument (2 given)
