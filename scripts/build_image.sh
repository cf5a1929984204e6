#!/bin/sh
# Everything that an image holds: planql with its hashed runtime dependencies, the pages, the examples.
#
#   scripts/build_image.sh [PREFIX]      PREFIX: a folder that does not exist yet; /opt/planql
#
# The Dockerfile runs it as root on a bare Python; tests run it into a folder of their own. What the
# build needs and the server does not (Node, packages of npm, the backend that makes the wheel) is
# kept in a temporary folder and gone at the end.
set -eu

prefix=${1:-/opt/planql}
project=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
export npm_config_cache="$build/npm" PYTHONDONTWRITEBYTECODE=1

if [ -e "$prefix" ]; then
  echo "build_image: $prefix is there already" >&2
  exit 1
fi

# git follows the branch that is served; certificates check whom it is fetched from.
if ! command -v git >/dev/null 2>&1; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends git ca-certificates >/dev/null
  rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
fi

# Everything is built in a copy, so that the project's folder stays as it is.
mkdir "$build/project"
for name in pyproject.toml README.md LICENSE src operations web scripts; do
  (cd "$project" && tar -c --exclude=node_modules --exclude=dist --exclude=.venv \
    --exclude=__pycache__ "$name") | tar -x -C "$build/project"
done
# The pages for browsers, built meanwhile.
"$python" "$build/project/scripts/build_web.py" &
pages=$!

"$python" -m venv "$build/venv"
"$build/venv/bin/pip" install -q --require-hashes -r "$project/requirements.build.lock"
"$build/venv/bin/pip" wheel -q --no-deps --no-build-isolation -w "$build" "$build/project"

# What runs: nothing but the locked packages, planql and its files; pip is not among them.
"$python" -m venv --without-pip "$prefix"
into="--python $prefix/bin/python install -q --no-compile"
"$build/venv/bin/pip" $into --require-hashes -r "$project/requirements.image.lock"
"$build/venv/bin/pip" $into --no-deps --no-index "$build"/planql-*.whl
wait "$pages"
mkdir -p "$prefix/share/planql/web"
cp -R "$build/project/operations" "$prefix/share/planql/operations"
cp -R "$build/project/web/dist" "$prefix/share/planql/web/dist"
"$prefix/bin/python" -m compileall -q -j 0 "$prefix/lib"
chmod -R a+rX "$prefix"

# A folder for a database that the user of the Dockerfile may write to.
if [ "$prefix" = /opt/planql ]; then
  mkdir -p /var/lib/planql
  chown 65532:65532 /var/lib/planql
fi
"$prefix/bin/planql" --version
