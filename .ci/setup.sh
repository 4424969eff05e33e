# What the machine needs: Debian packages, Go tools of fixed versions, the npm packages of internal/e2e.

export PATH="$PATH:/usr/local/go/bin"
export HOME="${HOME:-/root}"
tools="${XDG_CACHE_HOME:-$HOME/.cache}/parlor/tools"

setup() {
  [[ $(go env GOVERSION) == go1.2[6-9]* ]] || { echo "Go 1.26 or newer is needed"; return 1; }
  (($(node -p 'process.versions.node.split(".")[0]') >= 20)) || { echo "Node 20 or newer is needed"; return 1; }
  debian_packages
  go_tool gofumpt mvdan.cc/gofumpt v0.12.0
  go_tool golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint v2.15.0
  go_tool deadcode golang.org/x/tools/cmd/deadcode v0.52.0
  npm_packages
  go mod download
  go mod verify
}

# debian_packages installs those of which the command is missing.
debian_packages() {
  local pair missing=() as=()
  for pair in chromium:chromium firefox-esr:firefox-esr redis-server:redis-server radicale:radicale xandikos:xandikos cc:gcc git:git; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  ((${#missing[@]} > 0)) || return 0
  [[ " ${missing[*]} " == *" gcc "* ]] && missing+=(libc6-dev)
  ((EUID == 0)) || as=(sudo -n)
  echo "installing ${missing[*]}" | tee /dev/fd/3
  "${as[@]}" apt-get update
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y "${missing[@]}"
}

# go_tool NAME MODULE VERSION builds a tool once; run it as "$tools/NAME-VERSION".
go_tool() {
  local at="$tools/$1-$3"
  if [[ ! -x $at ]]; then
    mkdir -p "$tools"
    GOBIN="$tools/new" GOFLAGS='' go install "$2@$3"
    mv "$tools/new/$1" "$at"
  fi
}

# npm_packages runs npm ci when the lock file is not the one that was installed last.
npm_packages() {
  local lock=internal/e2e/package-lock.json mark=internal/e2e/node_modules/.installed
  if grep -nE '"resolved": "' "$lock" | grep -v '"https://registry.npmjs.org/'; then
    echo "$lock names a registry of one machine"
    return 1
  fi
  cmp -s "$lock" "$mark" && return 0
  npm --prefix internal/e2e ci --ignore-scripts --no-audit --no-fund
  cp "$lock" "$mark"
}
