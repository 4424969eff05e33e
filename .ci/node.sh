# The checks of the scripts and of the product in real browsers. The only Node project is internal/e2e.

export NO_COLOR=1
node_project=internal/e2e

check_typescript() {
  npm --prefix $node_project run --silent check
  npm --prefix $node_project run --silent lint
}

check_readme() { node_tests readme; }

check_chromium() { PARLOR_BROWSER=chromium node_tests addin/internal/e2e/addin addin/internal/e2e/worker calendar/internal/e2e/calendar journeys extension chromium; }

check_firefox() { PARLOR_BROWSER=firefox node_tests calendar/internal/e2e/calendar journeys extension; }

# check_addon lets Mozilla's own checker look at both Firefox builds, as its signing does.
check_addon() {
  local kind
  mkdir -p $node_project/out
  go build -o $node_project/out/parlor ./cmd/parlor
  for kind in "" --generic; do
    # shellcheck disable=SC2086
    PARLOR_PUBLIC_URL=https://rooms.example.com $node_project/out/parlor pack firefox $kind -o "$logs/addon$kind.zip"
    $node_project/node_modules/.bin/addons-linter --warnings-as-errors "$logs/addon$kind.zip"
    echo "$(stat -c %s "$logs/addon$kind.zip") bytes" >&3
  done
}

# node_tests builds the tests and the product, runs the tests of these folders and counts as go_tests does.
node_tests() {
  local folder code=0 files=()
  rm -rf "$node_project/out"
  npm --prefix $node_project run --silent build
  for folder in "$@"; do files+=("$node_project/out/$folder"/*.test.js); done
  node --enable-source-maps --test --test-concurrency 1 --test-reporter tap "${files[@]}" >"$logs/node.tap" || code=$?
  node .ci/tally.mjs "$logs/node.tap" "$counts" >&3 || code=1
  return "$code"
}
