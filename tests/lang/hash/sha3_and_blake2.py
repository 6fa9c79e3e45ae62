# SHA-3, SHAKE and BLAKE2: digests, parameters, refusals.
import _sha3,_blake2
def t(s):
    try: print(s, eval(s))
    except Exception as e: print(s,'!!',type(e).__name__,e)
for s in ["_sha3.sha3_224().name","_sha3.shake_128().digest_size","_sha3.shake_128().digest()","_sha3.shake_128().digest(-1)","_sha3.shake_128().digest(2**29)","_sha3.shake_128().digest(2**70)","_sha3.shake_128(b'a').hexdigest(10)","_sha3.sha3_256('a')","_sha3.sha3_256(1)","_sha3.sha3_256(b'',b'')","_sha3.sha3_256(data=b'')","_sha3.sha3_256(string=b'')","_sha3.sha3_256()._rate_bits","_sha3.sha3_256()._capacity_bits","_sha3.sha3_256()._suffix","_sha3.shake_256()._suffix","repr(_sha3.sha3_256())[:20]","_sha3.sha3_256().update()","_blake2.blake2b(b'a',b'b')","_blake2.blake2b(data=b'a')","_blake2.blake2b('a')","_blake2.blake2b(digest_size=0)","_blake2.blake2b(digest_size=65)","_blake2.blake2b(digest_size=2**40)","_blake2.blake2s(digest_size=33)","_blake2.blake2b(salt=b'a'*17)","_blake2.blake2s(person=b'a'*9)","_blake2.blake2b(key=b'a'*65)","_blake2.blake2s(key=b'a'*33)","_blake2.blake2b(fanout=-1)","_blake2.blake2b(fanout=256)","_blake2.blake2b(depth=0)","_blake2.blake2b(depth=256)","_blake2.blake2b(leaf_size=-1)","_blake2.blake2b(leaf_size=2**32)","_blake2.blake2b(leaf_size=2**70)","_blake2.blake2b(node_offset=-1)","_blake2.blake2b(node_offset=2**64)","_blake2.blake2s(node_offset=2**48)","_blake2.blake2s(node_offset=2**48-1).hexdigest()","_blake2.blake2b(node_depth=-1)","_blake2.blake2b(node_depth=256)","_blake2.blake2b(inner_size=65)","_blake2.blake2b(inner_size=-1)","_blake2.blake2s(inner_size=33)","_blake2.blake2b(salt='a')","_blake2.blake2b(b'a',key=b'k',salt=b's',person=b'p',fanout=2,depth=3,leaf_size=4,node_offset=5,node_depth=6,inner_size=7,last_node=True).hexdigest()","_blake2.blake2s(b'a',key=b'k',salt=b's',person=b'p',fanout=2,depth=3,leaf_size=4,node_offset=5,node_depth=6,inner_size=7,last_node=True,digest_size=5).hexdigest()","_blake2.blake2b().block_size","_blake2.blake2s().digest_size","_blake2.blake2s(digest_size=3).digest_size","_blake2.blake2b(bogus=1)","_blake2.blake2b(b'', digest_size='a')"]: t(s)
#> _sha3.sha3_224().name sha3_224
#> _sha3.shake_128().digest_size 0
#> _sha3.shake_128().digest() !! TypeError shake_128.digest() takes exactly one argument (0 given)
#> _sha3.shake_128().digest(-1) !! ValueError value must be positive
#> _sha3.shake_128().digest(2**29) !! ValueError length is too large
#> _sha3.shake_128().digest(2**70) !! OverflowError Python int too large to convert to C unsigned long
#> _sha3.shake_128(b'a').hexdigest(10) 85c8de88d28866bf0868
#> _sha3.sha3_256('a') !! TypeError Strings must be encoded before hashing
#> _sha3.sha3_256(1) !! TypeError object supporting the buffer API required
#> _sha3.sha3_256(b'',b'') !! TypeError sha3_224() takes at most 1 positional argument (2 given)
#> _sha3.sha3_256(data=b'') !! TypeError 'data' is an invalid keyword argument for sha3_224()
#> _sha3.sha3_256(string=b'') !! TypeError 'string' is an invalid keyword argument for sha3_224()
#> _sha3.sha3_256()._rate_bits 1088
#> _sha3.sha3_256()._capacity_bits 512
#> _sha3.sha3_256()._suffix b'\x06'
#> _sha3.shake_256()._suffix b'\x1f'
#> repr(_sha3.sha3_256())[:20] <_sha3.sha3_256 obje
#> _sha3.sha3_256().update() !! TypeError sha3_256.update() takes exactly one argument (0 given)
#> _blake2.blake2b(b'a',b'b') !! TypeError blake2b() takes at most 1 positional argument (2 given)
#> _blake2.blake2b(data=b'a') !! TypeError 'data' is an invalid keyword argument for blake2b()
#> _blake2.blake2b('a') !! TypeError Strings must be encoded before hashing
#> _blake2.blake2b(digest_size=0) !! ValueError digest_size must be between 1 and 64 bytes
#> _blake2.blake2b(digest_size=65) !! ValueError digest_size must be between 1 and 64 bytes
#> _blake2.blake2b(digest_size=2**40) !! OverflowError Python int too large to convert to C int
#> _blake2.blake2s(digest_size=33) !! ValueError digest_size must be between 1 and 32 bytes
#> _blake2.blake2b(salt=b'a'*17) !! ValueError maximum salt length is 16 bytes
#> _blake2.blake2s(person=b'a'*9) !! ValueError maximum person length is 8 bytes
#> _blake2.blake2b(key=b'a'*65) !! ValueError maximum key length is 64 bytes
#> _blake2.blake2s(key=b'a'*33) !! ValueError maximum key length is 32 bytes
#> _blake2.blake2b(fanout=-1) !! ValueError fanout must be between 0 and 255
#> _blake2.blake2b(fanout=256) !! ValueError fanout must be between 0 and 255
#> _blake2.blake2b(depth=0) !! ValueError depth must be between 1 and 255
#> _blake2.blake2b(depth=256) !! ValueError depth must be between 1 and 255
#> _blake2.blake2b(leaf_size=-1) !! ValueError value must be positive
#> _blake2.blake2b(leaf_size=2**32) !! OverflowError leaf_size is too large
#> _blake2.blake2b(leaf_size=2**70) !! OverflowError Python int too large to convert to C unsigned long
#> _blake2.blake2b(node_offset=-1) !! ValueError value must be positive
#> _blake2.blake2b(node_offset=2**64) !! OverflowError int too big to convert
#> _blake2.blake2s(node_offset=2**48) !! OverflowError node_offset is too large
#> _blake2.blake2s(node_offset=2**48-1).hexdigest() ddcb74eec9943e7b21de9a328033511f7d55023cc757ac98a69a23a67e6fadbb
#> _blake2.blake2b(node_depth=-1) !! ValueError node_depth must be between 0 and 255
#> _blake2.blake2b(node_depth=256) !! ValueError node_depth must be between 0 and 255
#> _blake2.blake2b(inner_size=65) !! ValueError inner_size must be between 0 and is 64
#> _blake2.blake2b(inner_size=-1) !! ValueError inner_size must be between 0 and is 64
#> _blake2.blake2s(inner_size=33) !! ValueError inner_size must be between 0 and is 32
#> _blake2.blake2b(salt='a') !! TypeError a bytes-like object is required, not 'str'
#> _blake2.blake2b(b'a',key=b'k',salt=b's',person=b'p',fanout=2,depth=3,leaf_size=4,node_offset=5,node_depth=6,inner_size=7,last_node=True).hexdigest() 4b2339f439fa8b22023a5ee2aca64cfdcffd90d4ad8c8b97b084c7cc3c5e139357a20baab02b22b5bf9c62da0ceec5c20eaa27ca52bffffb1474917b7603d687
#> _blake2.blake2s(b'a',key=b'k',salt=b's',person=b'p',fanout=2,depth=3,leaf_size=4,node_offset=5,node_depth=6,inner_size=7,last_node=True,digest_size=5).hexdigest() 066888fdd5
#> _blake2.blake2b().block_size 128
#> _blake2.blake2s().digest_size 32
#> _blake2.blake2s(digest_size=3).digest_size 3
#> _blake2.blake2b(bogus=1) !! TypeError 'bogus' is an invalid keyword argument for blake2b()
#> _blake2.blake2b(b'', digest_size='a') !! TypeError 'str' object cannot be interpreted as an integer
import hashlib
for n in list(range(0,300,7))+[1000,5000]:
    d=bytes(i%251 for i in range(n))
    print(n,*[getattr(_sha3,'sha3_%d'%k)(d).hexdigest()[:10] for k in (224,256,384,512)],_sha3.shake_128(d).hexdigest(200)[-12:],_sha3.shake_256(d).hexdigest(200)[-12:],_blake2.blake2b(d).hexdigest()[:10],_blake2.blake2s(d).hexdigest()[:10])
    h=_blake2.blake2b(); h2=_sha3.sha3_512(); h3=_blake2.blake2s(key=b'abc')
    for i in range(0,n,13): h.update(d[i:i+13]); h2.update(d[i:i+13]); h3.update(d[i:i+13])
    print(h.copy().hexdigest()[:8],h2.copy().hexdigest()[:8],h3.hexdigest()[:8],h3.digest()[:2])
#> 0 6b4e034236 a7ffc6f8bf 0c63a75b84 a69f73cca2 538b8d23f877 314ed9083dab 786a02f742 69217a3079
#> 786a02f7 a69f73cc 876aba8e b'\x87j'
#> 7 45c40e1c96 59b1add388 4ca74fca74 598d98add2 8f6030e07f35 3b8296fde610 8f945ba700 598001fafb
#> 8f945ba7 598d98ad 2fc1a6a0 b'/\xc1'
#> 14 61feaa9dce 85a3d4e612 31e1fccfb4 b99f8d912d da80f8609504 7a6fee8ed4de 441ffaa08c 91ffd26cfa
#> 441ffaa0 b99f8d91 8a07c073 b'\x8a\x07'
#> 21 7aa468c955 331cc1c851 afd3ffa73e cdeda0fb94 4cacdc1303c2 84f35636432f 4001ec74d5 ac9b61d446
#> 4001ec74 cdeda0fb 2c4a3ee5 b',J'
#> 28 97e5e7d260 646dada5a4 6633732cd2 c2919e494c e39c6f74a68b 356834d01079 5716c4a38f f7de536361
#> 5716c4a3 c2919e49 64bd5dea b'd\xbd'
#> 35 3f1b508fbc 89c2c6a696 d8e03406f4 75a0c701e6 4314288e22ac f6fb72265c9e 867732f2fe ac1ed07d04
#> 867732f2 75a0c701 88394da0 b'\x889'
#> 42 a24830a72a 5d5a49de35 44e0703455 a0e331a70e 35e726c74b6c c8b87d082b66 08307f347c 3e41a108e0
#> 08307f34 a0e331a7 7ea39d3f b'~\xa3'
#> 49 a4f03909fe a25b6ad822 836e4e947d e5b20d257a 5519ce1c7a40 eea79616f33e 7b4fa158e4 3f85814a18
#> 7b4fa158 e5b20d25 bc1449a5 b'\xbc\x14'
#> 56 fc95d44e80 d192f5964d d21e03c7c2 2cb606cd80 2ef5162f55b9 6effd8c76f6f 26cca0126f e290dd270b
#> 26cca012 2cb606cd b367870a b'\xb3g'
#> 63 05e05c93d7 ba7af58d21 327f97ee34 6a930b07a3 e81a0a44b24c edb5c8104766 d10bf9a15b e57cb79487
#> d10bf9a1 6a930b07 806f08ef b'\x80o'
#> 70 c885e6c9be 97a26b0e80 f82eab30f7 351164e46d babe515b5110 83fac134ad6b 45813f4417 657b09f3d0
#> 45813f44 351164e4 da2e4c19 b'\xda.'
#> 77 449702e349 98fb8ac5ef a9469b0799 74e6b15025 e661dd4a3dd4 38abb5eb9a40 bf4ff2221b 3ee735a694
#> bf4ff222 74e6b150 e125d58a b'\xe1%'
#> 84 c4f63e763e 1711b6b8e1 6d313d3151 a22edd54bd df96b68ce383 7873dc27ee92 0190a8dac3 1230b1fc8a
#> 0190a8da a22edd54 148c0387 b'\x14\x8c'
#> 91 b37608e84c f4c82daf92 b629cdee3c 348978b952 c0b310499315 c3a16e3eee65 f9f8493c68 816aef8759
#> f9f8493c 348978b9 bc78aaec b'\xbcx'
#> 98 490cb3dcd9 0f50c9f353 7833168f67 8b0caa5b47 9d50d3130a52 d5a367962e22 b5911b380d 9a9255d53a
#> b5911b38 8b0caa5b c965ccd3 b'\xc9e'
#> 105 9f2ae8eb1a 1d867e60b6 4a2f0a8f2f 0a320f94ba fd14f47bf16d 110d83dd0add 552fc7893c ebb4ba150c
#> 552fc789 0a320f94 5d4d2857 b']M'
#> 112 fc8b641fe0 575f18078b ad107fffd2 b44e1e6a3b 05335a82f4db d84f45d34518 877fd652c0 81dcc0678b
#> 877fd652 b44e1e6a 027fbf1b b'\x02\x7f'
#> 119 0509bc607a a226deff22 00af631f80 dfb1ae03e4 9f73ab4bf975 1644a05b2254 dcc2c4beb9 cbd48052c4
#> dcc2c4be dfb1ae03 e347e40b b'\xe3G'
#> 126 5f20f121ac ee25779180 750211ad57 9606f242ad 999b4328365e 5e5684e91d59 e0721e0251 38c410f5b9
#> e0721e02 9606f242 340652d2 b'4\x06'
#> 133 67dd1365e9 721f0e936b 72d7f791dd df7f2a48b2 48b594c327fa 323659312d6a e59b9987d4 f29b1b1ab9
#> e59b9987 df7f2a48 c56af8c4 b'\xc5j'
#> 140 8eb136b9f4 3a81a47ee2 0e10fec501 6cc31ceaef e7fc41f5ace7 dfaa83f8757c 79fe2fe157 7410d42d8f
#> 79fe2fe1 6cc31cea f38b0ac1 b'\xf3\x8b'
#> 147 5046b58a09 c1bbbc82e8 6d1e58ef4e a683424798 c97e082e9bee 1bacf61ab507 70de1f08dd b54b9b67f8
#> 70de1f08 a6834247 a3ace5ec b'\xa3\xac'
#> 154 228d798d4b ef5a980e76 02636722f4 a9dd4632b5 53772db411c6 3eac0800b09e 84b154ed29 f5ec43a28a
#> 84b154ed a9dd4632 80d67a8c b'\x80\xd6'
#> 161 1f66e24e59 e55aaaf6f5 672d8e8f7e 31896a7717 d050cccf50ce 4089e72d362f 181df0a261 3d99ed9550
#> 181df0a2 31896a77 54a87829 b'T\xa8'
#> 168 58e2d8551f 369a33badf a4f7bac5ad 9567f47a24 0936ccceb431 39af66954dba 5ce1042ab4 715c99c7d5
#> 5ce1042a 9567f47a 68cae5d1 b'h\xca'
#> 175 a83197194f c913434c62 977197e70c 4989728989 14cef7a33089 ee53133c7955 d5e938735d 38c53dfb70
#> d5e93873 49897289 66c38512 b'f\xc3'
#> 182 724f8866c5 07f03cb061 64451295f7 528de42a97 7d42495d1f7d 95d07080f56e 34629bc6d8 55b70a8213
#> 34629bc6 528de42a afe5f903 b'\xaf\xe5'
#> 189 d442c6e932 d4569f3356 4b0af4f1aa b9c95e3a4c 2b081926be48 00df9c635873 130b842053 c7558babda
#> 130b8420 b9c95e3a 0b130850 b'\x0b\x13'
#> 196 21d48fced6 9f40c233c2 fb1922df64 57ff950ef2 9b2857aaeca3 6978de84eefb aad9ad4461 a2f675dc73
#> aad9ad44 57ff950e 932f1fe4 b'\x93/'
#> 203 d2a3342d91 1288dca8f2 0c9eb9eb4f 897c467632 3c9448ec3d43 da2a1ac4cf18 c7143fce96 aa85010dd4
#> c7143fce 897c4676 39d7e915 b'9\xd7'
#> 210 257b541534 6e4e7b7e81 b34fb3b13d a28a725fcb 9d96ce602def 2c92b8209dff 9ccde566d2 ebabc49636
#> 9ccde566 a28a725f 2f88fdea b'/\x88'
#> 217 4cd16ec656 056d21d6f8 2fd4e398ce de1dcf3cc8 13ff4fa8f6fb 9521c9013ec7 7c7038bc13 c6f25a812a
#> 7c7038bc de1dcf3c 5d396dec b']9'
#> 224 6456d3b200 b735b5ce9a fbcbe36248 f1106badd2 e5e161be67e5 181edf82c012 97668f745b ec56f58b09
#> 97668f74 f1106bad c4ce0c36 b'\xc4\xce'
#> 231 36e9942da2 a592228a56 9227286b1d c267f3f3db 7aa893cbe887 a5d55104fdc4 af5e03d7fe 043b97e336
#> af5e03d7 c267f3f3 fc3c9ad1 b'\xfc<'
#> 238 8f15f5e14b 8d5a9cbf73 e5bc6d54db f20d1ff110 2766fe6df18b 18e429127e9e 43dfdfe1b0 b2c3e33a51
#> 43dfdfe1 f20d1ff1 9bd64643 b'\x9b\xd6'
#> 245 92e16111d4 127a74a849 c3e654d188 f61cd4d446 b878e897101c f3a206207424 230a1c857c 2c11f4a7f9
#> 230a1c85 f61cd4d4 c68325a3 b'\xc6\x83'
#> 252 86cf165b98 f89ee79f70 7b63dc4b74 7192df7cb8 2f1fbdc4f496 1b50e38e9a35 32c5d6f7a6 c427897785
#> 32c5d6f7 7192df7c 3644902e b'6D'
#> 259 96af853acd 077158d7c0 1dc99bead5 87ebfbdcd9 f0c67a51793f 76c6b9b3b769 bab5a2b92c e1f62cfd70
#> bab5a2b9 87ebfbdc 98a3698e b'\x98\xa3'
#> 266 2e4b86ade7 6525b14a73 d47ac2257c 16d67f5bd7 23cf06c0f12c f81923719188 98b023991d c8f439ca47
#> 98b02399 16d67f5b 934bfbe2 b'\x93K'
#> 273 a4ce6c17c8 4827800416 c9c8907bf6 cfdfb02222 524b1e2eee23 fbbd5d4de1e0 eea0a28d38 72f3c80978
#> eea0a28d cfdfb022 40f09717 b'@\xf0'
#> 280 93b8688441 e1e0248e69 04ada9239d 5b072254c5 7eb29d095b39 eb8e4c2f04a7 b3554566fc 3512e3daa2
#> b3554566 5b072254 4d2b992c b'M+'
#> 287 15a2f08845 b496d07303 0d48a7dc7b 3a06207530 e57104b4a150 5d75c7a4f81f 9f4407e1ba 62a73a7a80
#> 9f4407e1 3a062075 749a8d5a b't\x9a'
#> 294 c0c163c4ab be8eada15a ee4f08702d 0fcd846fdd 20bfe0c61fb2 02493dadd3ae a628032640 8dfb57a85e
#> a6280326 0fcd846f 1c27c95f b"\x1c'"
#> 1000 51481b8dbd 48e66a0186 43e60a7ef8 b8030d306a 73f25c0b28a4 6860d89cd403 c11e1c0340 1c067a5e74
#> c11e1c03 b8030d30 b2d6c5b3 b'\xb2\xd6'
#> 5000 4bf885b65e 71b18b5373 8df4f19b6c 43fd1127b2 1d7886d9305f 5b2a0b2ea1fd e0544a2083 5b73fde71a
#> e0544a20 43fd1127 d670f2dd b'\xd6p'
