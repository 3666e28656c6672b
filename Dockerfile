# The command line in an image, for jobs in containers. Its context is the folder that `npm run executable` writes:
#   docker build --file Dockerfile --tag buildcache build/executable
# No entrypoint: GitLab and others run a shell in it.

# Anything with the C library of Debian 11 or later and libstdc++; perl or python3 takes Spack's locks, patchelf is for `install`
# below longer paths than a package was built in.
ARG BASE=docker.io/library/debian:12-slim
FROM ${BASE}
# Of the platform: x64 or arm64, as Node names them.
ARG ARCH=x64
COPY buildcache-linux-${ARCH} /usr/bin/buildcache
COPY buildcache-licenses.txt /usr/share/doc/buildcache/copyright
CMD ["buildcache", "--help"]
