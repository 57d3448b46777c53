// Packages of Alpine 3.24 for x86_64. Versions are those that builds of the summer of 2026 printed, or near ones; sizes are
// typical. A line for each: name, version, KiB installed, dependencies, marks (b: in the base image, c: from community, v:
// only a name for what it depends on, p: runs a script after it is installed), description, and other names it goes by.

/** The data as text; a function, so that nothing is read before it is asked for. */
export function alpineText(): string {
  return `
alpine-baselayout|3.7.2-r0|8|alpine-baselayout-data|b|Alpine base dir structure and init scripts
alpine-baselayout-data|3.7.2-r0|76||b|Alpine base dir structure and init scripts
alpine-keys|2.6-r0|24||b|Public keys for Alpine Linux packages
alpine-release|3.24.2-r0|8|alpine-keys|b|Alpine release data
apk-tools|3.0.6-r0|132|libapk musl ca-certificates-bundle|b|Alpine Package Keeper - package manager for alpine
busybox|1.37.0-r31|964|musl|b|Size optimized toolbox of many common UNIX utilities
busybox-binsh|1.37.0-r31|1|busybox|b|busybox ash /bin/sh
ca-certificates-bundle|20260413-r0|232||b|Pre generated bundle of Mozilla certificates
libapk|3.0.6-r0|384|libcrypto3 libssl3 zlib|b|Alpine Package Keeper - package manager for alpine (libraries)
libcrypto3|3.5.7-r0|4710|musl|b|Crypto library from openssl
libssl3|3.5.7-r0|884|libcrypto3|b|SSL shared libraries
musl|1.2.6-r2|652||b|the musl c library (libc) implementation
musl-utils|1.2.6-r2|120|musl scanelf|b|the musl c library (libc) implementation
scanelf|1.3.8-r2|72|musl|b|Scan ELF binaries for stuff
ssl_client|1.37.0-r31|28|libssl3|b|External ssl_client for busybox wget
zlib|1.3.2-r0|108|musl|b|A compression/decompression Library
acl|2.3.2-r1|40|libacl||Access control list utilities
ada-libs|3.3.0-r0|600|libstdc++|c|WHATWG-compliant and fast URL parser written in modern C++ (libraries)
apache2|2.4.66-r0|3300|apr apr-util pcre2||A high performance Unix-based HTTP server|
apache2-utils|2.4.66-r0|220|apr apr-util||apache utility programs for webservers
apr|1.7.6-r0|200|libuuid||The Apache Portable Runtime
apr-util|1.6.3-r2|220|apr libexpat||The Apache Portable Runtime Utility Library
autoconf|2.72-r1|2300|m4 perl||GNU tool for automatically configuring source code
automake|1.18.1-r0|1900|perl||GNU tool for automatically creating Makefiles
bash|5.3.9-r1|1420|ncurses-terminfo-base readline|p|The GNU Bourne Again shell
bash-completion|2.17.0-r0|1000|||Command-line tab-completion for bash
bind-libs|9.20.20-r0|2900|json-c libuv libxml2 nghttp2-libs xz-libs||The ISC DNS server (libraries)
bind-tools|9.20.20-r0|1400|bind-libs libedit||The ISC DNS tools||dig
binutils|2.45.1-r0|14400|jansson zstd-libs||Tools necessary to build programs
brotli-libs|1.2.0-r1|840|musl||Generic lossless compressor (libraries)
build-base|0.5-r4|1|binutils file gcc g++ make musl-dev fortify-headers patch|v|Meta package for build base
bzip2|1.0.8-r6|72|libbz2||A high-quality data compression program
bzip2-dev|1.0.8-r6|40|libbz2||A high-quality data compression program (development files)
c-ares|1.34.6-r0|224|||Asynchronously DNS/names resolver library
ca-certificates|20260413-r0|700|libcrypto3||Common CA certificates PEM files from Mozilla
cargo|1.94.0-r0|22000|rust||The Rust package manager
clang21|21.1.8-r0|2200|gcc||A C language family front-end for LLVM
cmake|4.2.1-r0|20000|libarchive libcurl libexpat libuv rhash-libs||Cross-platform, open-source make system
composer|2.9.5-r0|3000|php84 php84-phar|c|Dependency manager for PHP
coreutils|9.9-r0|1100|coreutils-env coreutils-fmt libacl libattr utmps-libs||The basic file, shell and text manipulation utilities
coreutils-env|9.9-r0|60|||env utility
coreutils-fmt|9.9-r0|50|||fmt utility
cups-libs|2.4.16-r0|700|libcrypto3||CUPS libraries
curl|8.20.0-r1|320|ca-certificates-bundle libcurl zlib||URL retrival utility and library
curl-dev|8.20.0-r1|800|libcurl||URL retrival utility and library (development files)
dcron|4.6-r0|68|||dillon's lightweight cron daemon
docker-cli|29.4.1-r0|41000||c|Pack, ship and run any application as a lightweight container (cli)
docker-cli-compose|5.1.0-r0|58000|docker-cli|c|A Docker CLI plugin for extended Compose capabilities
dos2unix|7.5.3-r0|200|||Convert text file line endings
dumb-init|1.2.5-r3|44||c|Minimal init system for Linux containers
expat-dev|2.8.4-r0|120|libexpat||XML Parser library written in C (development files)
ffmpeg|8.0.1-r2|1700|ffmpeg-libs|c|Complete and free Internet live audio and video broadcasting solution
ffmpeg-libs|8.0.1-r2|24000|libstdc++|c|ffmpeg libraries
file|5.47-r2|40|libmagic||File type identification utility
findutils|4.10.0-r1|500|||GNU utilities for finding files
fish|4.3.3-r0|9000|bc ncurses-terminfo-base pcre2|c|Modern interactive commandline shell
flock|2.42.1-r0|32|||Manage locks from shell scripts
font-dejavu|2.37-r6|10100|fontconfig||Font family based on the Bitstream Vera Fonts
fontconfig|2.17.1-r1|740|freetype libexpat||Library for configuring and customizing font access
fortify-headers|3.0.1-r2|56|||standalone fortify source implementation
freetype|2.14.1-r0|760|brotli-libs libbz2 libpng||TrueType font rendering library
fuse3|3.17.4-r0|80|||filesystem in userspace
g++|15.2.0-r5|59600|gcc libstdc++-dev musl-dev||GNU C++ standard library and compiler
gawk|5.3.2-r2|960|readline||GNU awk pattern-matching language
gcc|15.2.0-r5|155200|binutils gmp isl26 libatomic libgcc libgomp mpc1 mpfr4||The GNU Compiler Collection
gcompat|1.1.0-r4|68|libucontext musl-obstack||The GNU C Library compatibility layer for musl||libc6-compat
gdbm|1.26-r0|280|||GNU dbm is a set of database routines
gettext|1.0-r0|2500|gettext-asprintf gettext-envsubst gettext-libs libintl||GNU locale utilities
gettext-asprintf|1.0-r0|36|libstdc++||GNU gettext asprintf library
gettext-envsubst|1.0-r0|36|libintl||GNU gettext envsubst utility
gettext-libs|1.0-r0|1600|libunistring||GNU gettext libraries
ghostscript|10.06.0-r0|47000|fontconfig||Interpreter for the PostScript language and PDF
git|2.54.0-r0|14300|libcurl libexpat pcre2||Distributed version control system
git-init-template|2.54.0-r0|64|||Distributed version control system (init template)
github-cli|2.90.0-r0|52000||c|GitHub CLI
glib|2.88.1-r0|3900|libffi libintl libmount pcre2||Common C routines used by Gtk+ and other libs
gmp|6.3.0-r4|460|||free library for arbitrary precision arithmetic
gnupg|2.4.9-r0|1|gpg gpg-agent gnupg-dirmngr|v|GNU Privacy Guard 2 - meta package
gnupg-dirmngr|2.4.9-r0|700|libassuan libksba npth||GNU Privacy Guard 2 - dirmngr
go|1.26.4-r0|220000|binutils gcc musl-dev|c|Go programming language compiler
gosu|1.19-r2|2200||c|Simple Go-based setuid+setgid+setgroups+exec
gpg|2.4.9-r0|1200|libassuan libgcrypt npth sqlite-libs||GNU Privacy Guard 2
gpg-agent|2.4.9-r0|900|libassuan libgcrypt npth||GNU Privacy Guard 2 - agent
graphviz|14.1.1-r0|2200|glib|c|Graph Visualization Tools
grep|3.12-r0|600|pcre2||Searches input files for lines containing a match
gzip|1.14-r2|100|||Popular data compression program
haproxy|3.2.10-r0|7600|pcre2||A TCP/HTTP reverse proxy for high availability environments
htop|3.4.1-r1|400|libncursesw||Interactive process viewer
icu-data-en|78.1-r0|2700||p|Stripped ICU data with only en_US/GB locale and no legacy charset support
icu-data-full|78.1-r0|31000|||Full ICU data
icu-dev|78.1-r0|3500|icu-libs||International Components for Unicode library (development files)
icu-libs|78.1-r0|4200|icu-data-en libstdc++||International Components for Unicode library (libraries)
imagemagick|7.1.2.13-r0|6000|fontconfig libpng|c|Collection of tools and libraries for many image formats
inotify-tools|4.25.9.0-r0|120||c|Provides a simple interface to inotify
iproute2|6.19.0-r0|1|iproute2-minimal iproute2-ss iproute2-tc ifupdown-ng-iproute2|v|IP Routing Utilities
ifupdown-ng-iproute2|0.12.1-r7|32|||ifupdown-ng plugins for iproute2
iproute2-minimal|6.19.0-r0|740|libcap2 libelf||IP Routing Utilities (ip)
iproute2-ss|6.19.0-r0|160|libcap2||IP Routing Utilities (ss)
iproute2-tc|6.19.0-r0|700|libelf||IP Routing Utilities (tc)
iptables|1.8.11-r1|2200|libmnl libnftnl||Linux kernel firewall, NAT and packet mangling tools
iputils|20250605-r0|1|iputils-arping iputils-ping iputils-tracepath|v|IP Configuration Utilities
iputils-arping|20250605-r0|32|libcap2||Network utility for arp ping
iputils-ping|20250605-r0|108|libcap2||Network utility for ping
iputils-tracepath|20250605-r0|24|||Network utility for tracing a path
isl26|0.26-r2|1500|gmp||An Integer Set Library for the Polyhedral Model
jansson|2.15.0-r0|80|||lightweight JSON library
jq|1.8.1-r0|480|oniguruma||A lightweight and flexible command-line JSON processor
json-c|0.18-r1|80|||JSON implementation in C
krb5-libs|1.22.1-r0|2000|libcom_err keyutils-libs||The shared libraries used by Kerberos 5
keyutils-libs|1.6.3-r4|20|||Key Management Utilities (libraries)
less|692-r0|200|libncursesw||File pager
libacl|2.3.2-r1|40|||Dynamic library for access control list support
libarchive|3.8.5-r0|780|libacl libbz2 libexpat lz4-libs xz-libs zstd-libs||Multi-format archive and compression library
libassuan|3.0.2-r0|80|libgpg-error||IPC library used by GnuPG-2
libatomic|15.2.0-r5|40|||GCC Atomic library
libattr|2.5.2-r2|24|||Extended attributes (libraries)
libbsd|0.12.2-r0|72|libmd||commonly-used BSD functions not implemented by all libcs
libbz2|1.0.8-r6|72|||Shared library for bz2
libcap|2.78-r0|60|libcap2||POSIX 1003.1e capabilities
libcap-ng|0.8.5-r0|50|||POSIX capabilities library
libcap2|2.78-r0|52|||POSIX 1003.1e capabilities (library)
libcom_err|1.47.3-r2|24|||Common error description library
libcurl|8.20.0-r1|640|brotli-libs c-ares libidn2 nghttp2-libs libpsl zstd-libs||The multiprotocol file transfer library
libedit|20251016.3.1-r0|200|libncursesw||BSD line editing library
libelf|0.194-r0|920|zstd-libs||libelf
libexpat|2.8.4-r0|180|||XML Parser library written in C (libraries)
libffi|3.5.2-r1|48|||portable, high level programming interface to various calling conventions
libffi-dev|3.5.2-r1|120|libffi||portable, high level programming interface (development files)
libgcc|15.2.0-r5|172|||GNU C compiler runtime libraries
libgcrypt|1.11.2-r0|1300|libgpg-error||General purpose crypto library based on the code used in GnuPG
libgomp|15.2.0-r5|320|||GCC shared-memory parallel programming API library
libgpg-error|1.58-r0|200|||Support library for libgcrypt
libidn2|2.3.8-r0|220|libunistring||Encode/Decode library for internationalized domain names
libintl|1.0-r0|60|||GNU gettext runtime library
libjpeg-turbo|3.1.3-r0|760|||Accelerated baseline JPEG compression and decompression library
libjpeg-turbo-dev|3.1.3-r0|300|libjpeg-turbo||Accelerated baseline JPEG compression (development files)||jpeg-dev
libksba|1.6.7-r1|260|libgpg-error||A library for accessing X.509 certificates
libmagic|5.47-r2|9800|||File type identification library
libmd|1.1.0-r0|52|||Message Digest functions from BSD systems
libmnl|1.0.5-r2|28|||Library for minimalistic netlink
libmount|2.42.1-r0|380|||Block device id library
libncursesw|6.6_p20260516-r0|420|ncurses-terminfo-base||Console display library (libncursesw)
libnftnl|1.3.1-r0|220|libmnl||Netfilter library providing interface to the nf_tables subsystem
libpanelw|6.6_p20260516-r0|16|ncurses-terminfo-base libncursesw||Console display library (libpanelw)
libpng|1.6.53-r0|260|||Portable Network Graphics library
libpng-dev|1.6.53-r0|400|libpng||Portable Network Graphics library (development files)
libpq|18.6-r0|380|||PostgreSQL client library
libpq-dev|18.6-r0|1100|libpq openssl-dev||PostgreSQL client library (development files)
libpsl|0.21.5-r3|88|libidn2 libunistring||C library for the Public Suffix List
libsodium|1.0.20-r1|360|||P(ortable|ackageable) NaCl-based crypto library
libstdc++|15.2.0-r5|2800|libgcc||GNU C++ standard runtime library
libstdc++-dev|15.2.0-r5|27400|||GNU C++ standard runtime library (development files)
libtool|2.5.4-r2|2300|bash||A generic library support script
libucontext|1.5-r0|20|||ucontext function implementation (glibc ABI compatible)
libunistring|1.4.2-r0|1900|||Library for manipulating Unicode strings and C strings
libuuid|2.42.1-r0|36|||DCE compatible Universally Unique Identifier library
libuv|1.51.0-r0|220|||Cross-platform asychronous I/O
libwebp|1.6.0-r0|500|||Libraries for working with WebP images
libxml2|2.14.6-r0|1100|xz-libs||XML parsing library, version 2
libxml2-dev|2.14.6-r0|400|libxml2||XML parsing library, version 2 (development files)
libxslt|1.1.45-r0|220|libxml2 libgcrypt||XML stylesheet transformation library
libxslt-dev|1.1.45-r0|140|libxslt||XML stylesheet transformation library (development files)
libzip-dev|1.11.4-r2|260|||C library for manipulating zip archives (development files)
linux-headers|7.0.0-r1|5400|||Linux system headers
linux-pam|1.7.1-r2|980|||PAM (Pluggable Authentication Modules) for Linux
logrotate|3.22.0-r0|90|||Tool to rotate logfiles
lsof|4.99.5-r0|180|||LiSt Open Files
lua5.4-libs|5.4.8-r0|260|||Embeddable programming language (libraries)
lz4-libs|1.10.0-r1|120|||LZ4 is lossless compression algorithm (libraries)
m4|1.4.20-r0|280|||GNU macro processor
make|4.4.1-r3|280|||GNU make utility to maintain groups of programs
mariadb-client|11.8.6-r0|34000|mariadb-common libstdc++||Client for the MariaDB database||
mariadb-common|11.8.6-r0|60|||MariaDB common files
mariadb-connector-c-dev|3.4.8-r0|280|||The MariaDB Native Client library (development files)||mariadb-dev
maven|3.9.12-r0|10000|openjdk21-jre|c|Java project management and project comprehension tool
memcached|1.6.40-r0|300|libevent||Distributed memory object caching system
libevent|2.1.12-r8|640|||An event notification library
mpc1|1.3.1-r1|120|gmp mpfr4||Multiprecision C library
mpdecimal|4.0.1-r0|260|libstdc++||complete implementation of the General Decimal Arithmetic Specification
mpfr4|4.2.2-r0|460|gmp||multiple-precision floating-point library
musl-dev|1.2.6-r2|10900|||the musl c library (libc) implementation (development files)||libc-dev
musl-locales|0.1.0-r2|180||c|Locales for musl
musl-obstack|1.2.3-r2|20|||A standalone library to implement GNU libc's obstack
mysql-client|11.8.6-r0|1|mariadb-client|v|dummy package for mariadb migration
nano|8.7-r0|620|libncursesw||Enhanced clone of the Pico text editor
ncurses|6.6_p20260516-r0|340|libncursesw||Console display library
ncurses-dev|6.6_p20260516-r0|900|libncursesw||Console display library (development files)
ncurses-terminfo-base|6.6_p20260516-r0|200|||Descriptions of common terminals
net-tools|2.10-r3|500|mii-tool||Linux networking tools
mii-tool|2.10-r3|24|||media-independent interface status tool
netcat-openbsd|1.234.1-r0|44|libbsd libmd||OpenBSD variant of netcat
nghttp2-libs|1.69.0-r0|180|||Experimental HTTP/2 client, server and proxy (libraries)
nginx|1.30.1-r0|1500|pcre2|p|HTTP and reverse proxy server (stable version)
nmap|7.98-r0|6400|lua5.4-libs libpcap libssh2||Network exploration tool and security/port scanner
libpcap|1.10.7-r0|320|||A system-independent interface for user-level packet capture
libssh2|1.11.1-r3|300|||library for accessing ssh1/ssh2 protocol servers
nodejs|24.18.1-r0|63200|ada-libs brotli-libs c-ares ca-certificates icu-libs libstdc++ nghttp2-libs simdjson simdutf sqlite-libs zstd-libs||JavaScript runtime built on V8 engine - LTS version
npm|11.12.1-r0|10400|nodejs|c|The package manager for JavaScript
npth|1.8-r0|32|||new portable threads library
oniguruma|6.9.10-r0|560|||a regular expressions library
openjdk17|17.0.19_p10-r0|8000|openjdk17-jre|c|Oracle OpenJDK 17
openjdk17-jre|17.0.19_p10-r0|190000|java-common|c|Oracle OpenJDK 17 (JRE)
openjdk21|21.0.11_p10-r0|8000|openjdk21-jre|c|Oracle OpenJDK 21
openjdk21-jre|21.0.11_p10-r0|205000|java-common|c|Oracle OpenJDK 21 (JRE)
java-common|0.5-r0|12||c|Java common
openrc|0.63-r0|2100|ifupdown-ng libcap2||OpenRC manages the services, startup and shutdown of a host
ifupdown-ng|0.12.1-r7|180|||Tools to configure networks
openssh|10.3_p1-r0|1|openssh-client-default openssh-server openssh-keygen|v|Port of OpenBSD's free SSH release
openssh-client|10.3_p1-r0|1|openssh-client-default|v|Port of OpenBSD's free SSH release - client
openssh-client-common|10.3_p1-r0|2700|openssh-keygen libedit||OpenBSD's SSH client common files
openssh-client-default|10.3_p1-r0|900|openssh-client-common||OpenBSD's SSH client
openssh-keygen|10.3_p1-r0|500|||ssh helper program for generating keys
openssh-server|10.3_p1-r0|1100|openssh-keygen||OpenSSH server
openssl|3.5.7-r0|840|libssl3||Toolkit for Transport Layer Security (TLS)
openssl-dev|3.5.7-r0|2500|libssl3||Toolkit for Transport Layer Security (TLS) (development files)
patch|2.8-r0|200|||Utility to apply diffs to files
pcre-dev|8.45-r4|400|||Perl-compatible regular expression library (development files)
pcre2|10.48-r0|780|||Perl-compatible regular expression library
pcre2-dev|10.48-r0|800|pcre2||Perl-compatible regular expression library (development files)
perl|5.42.0-r0|38000|libbz2||Larry Wall's Practical Extraction and Report Language
php84|8.4.20-r0|6200|php84-common readline|c|PHP language runtime engine
php84-common|8.4.20-r0|12||c|PHP (common config)
php84-phar|8.4.20-r0|300|php84-common|c|PHP extension: Phar
php84-fpm|8.4.20-r0|6100|php84-common|c|PHP FastCGI Process Manager
pkgconf|2.5.1-r0|220|||development framework configuration tools||pkgconfig
poppler-utils|26.01.0-r0|800|fontconfig|c|PDF rendering library based on xpdf - utilities
postgresql-common|1.3-r0|20||p|Common files for PostgreSQL
postgresql-client|1.3-r0|1|postgresql18-client|v|PostgreSQL client
postgresql-dev|1.3-r0|1|libpq-dev|v|PostgreSQL development files
postgresql18|18.6-r0|22000|postgresql-common postgresql18-client icu-libs libxml2 lz4-libs zstd-libs||A sophisticated object-relational DBMS
postgresql18-client|18.6-r0|3500|postgresql-common libpq lz4-libs readline zstd-libs||PostgreSQL client
procps|4.0.5-r0|1|procps-ng|v|Utilities for monitoring your system and processes
procps-ng|4.0.5-r0|700|libncursesw libproc2||Utilities for monitoring your system and processes
libproc2|4.0.5-r0|160|||Library for reading the /proc file system
py3-packaging|26.0-r0|500|python3 py3-parsing||Core utilities for Python packages
py3-parsing|3.3.2-r0|500|python3||Simple packrat parsing
py3-pip|26.0-r0|9200|py3-packaging py3-setuptools python3||Tool for installing and managing Python packages
py3-setuptools|80.9.0-r2|3600|python3||Collection of enhancements to the Python distutils
py3-virtualenv|20.36.0-r0|5600|python3|c|Virtual Python3 Environment builder
py3-wheel|0.46.3-r0|160|python3||Built-package format for Python
python3|3.14.4-r0|30000|gdbm libbz2 libexpat libffi libpanelw mpdecimal readline sqlite-libs xz-libs||High-level scripting language
python3-pycache-pyc0|3.14.4-r0|28000|python3||High-level scripting language (cache)
python3-pyc|3.14.4-r0|1|python3|v|High-level scripting language (cache)
pyc|3.14.4-r0|1||v|Meta package for pyc files
python3-dev|3.14.4-r0|1400|python3 pkgconf||High-level scripting language (development files)
readline|8.3.3-r1|340|libncursesw||GNU readline library
readline-dev|8.3.3-r1|120|readline||GNU readline library (development files)
redis|8.6.2-r0|5600|libstdc++|p|Advanced key-value store
rhash-libs|1.4.6-r0|240|||LibRHash shared library
ripgrep|15.1.0-r0|4400|pcre2|c|ripgrep combines the usability of The Silver Searcher with the raw speed of grep
rsync|3.4.1-r1|760|libacl lz4-libs popt xxhash zstd-libs||A file transfer program to keep remote files in sync
popt|1.19-r4|60|||Commandline option parser
xxhash|0.8.3-r0|180|||Extremely fast non-cryptographic hash algorithm
ruby|3.4.8-r0|38000|gmp libffi yaml||An object-oriented language for quick and easy programming
ruby-dev|3.4.8-r0|2300|ruby||An object-oriented language (development files)
rust|1.94.0-r0|290000|gcc libstdc++ musl-dev||Rust Programming Language toolchain
sed|4.9-r2|280|||GNU stream editor
shadow|4.18.0-r0|700|libmd||Login and passwd management utilities
simdjson|4.2.4-r0|200|libstdc++||Parsing gigabytes of JSON per second
simdutf|9.0.0-r0|400|libstdc++|c|Unicode validation and transcoding at billions of characters per second
socat|1.8.1.0-r0|420|||Multipurpose relay for binary protocols
sqlite|3.53.4-r0|1700|readline||C library that implements an SQL database engine
sqlite-dev|3.53.4-r0|700|sqlite-libs||C library that implements an SQL database engine (development files)
sqlite-libs|3.53.4-r0|1300|||Sqlite3 library
strace|6.19-r0|1500|||Diagnostic, debugging and instructional userspace tracer
stress-ng|0.20.00-r0|3500||c|stress-ng will stress test a computer system in various selectable ways
su-exec|0.3-r0|24|||switch user and group id, setgroups and exec
subversion|1.14.5-r3|1600|apr apr-util sqlite-libs||Replacement for CVS, another versioning system
sudo|1.9.17_p2-r0|2500||c|Give certain users the ability to run some commands as root
supervisor|4.3.0-r0|1600|python3||A system for controlling process state under UNIX
tar|1.35-r4|520|||Utility used to store, backup, and transport files
tcpdump|4.99.6-r0|1300|libpcap||A tool for network monitoring and data acquisition
tini|0.19.0-r3|36|||A tiny but valid init for containers
tmux|3.6a-r0|1000|libevent libncursesw||Tool to control multiple terminals from one terminal
tree|2.2.1-r0|100|||A recursive directory indented listing program
ttf-freefont|20120503-r4|5200|fontconfig||Free fonts
tzdata|2026b-r0|1600|||Timezone data
unzip|6.0-r16|320|libbz2||Extract PKZIP-compatible .zip files
util-linux|2.42.1-r0|1|util-linux-misc|v|Random collection of Linux utilities
util-linux-misc|2.42.1-r0|1600|libmount libncursesw||Random collection of Linux utilities
utmps-libs|0.1.3.2-r0|40|||A secure utmp/wtmp implementation (libraries)
valgrind|3.26.0-r0|34000|perl||Tool to help find memory-management problems in programs
vim|9.2.0140-r0|4800|libncursesw vim-common xxd||Improved vi-style text editor
vim-common|9.2.0140-r0|8500|||Improved vi-style text editor (common files)
xxd|9.2.0140-r0|36|||Hexdump
wget|1.25.0-r3|760|libidn2 pcre2||Network utility to retrieve files from the Web
xz|5.8.3-r0|180|xz-libs||Library and CLI tools for XZ and LZMA compressed files
xz-dev|5.8.3-r0|180|xz-libs||Library and CLI tools for XZ (development files)
xz-libs|5.8.3-r0|200|||Library and CLI tools for XZ and LZMA compressed files (libraries)
yaml|0.2.5-r2|120|||YAML 1.1 parser and emitter written in C
yarn|1.22.22-r1|5100|nodejs|c|Fast, reliable, and secure dependency management
yq-go|4.52.5-r0|11000||c|Portable command-line YAML processor written in Go
zip|3.0-r13|380|libbz2||Creates PKZIP-compatible .zip files
zlib-dev|1.3.2-r0|120|||A compression/decompression Library (development files)
zsh|5.9-r6|5600|libcap2 libncursesw|p|Very advanced and programmable command interpreter (shell)
zstd|1.5.7-r2|600|zstd-libs||Zstandard - Fast real-time compression algorithm
zstd-libs|1.5.7-r2|720|||Zstandard - Fast real-time compression algorithm (libraries)
bc|1.08.2-r0|80|readline||An arbitrary precision numeric processing language
`;
}
