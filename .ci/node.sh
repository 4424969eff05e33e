# The checks of the scripts and of the product in real browsers. The only Node project is internal/e2e.

export NO_COLOR=1
node_project=internal/e2e

check_typescript() {
  npm --prefix $node_project run --silent check
  npm --prefix $node_project run --silent lint
}

check_readme() { node_tests readme; }

check_chromium() { PARLOR_BROWSER=chromium node_tests addin/internal/e2e/addin calendar/internal/e2e/calendar journeys chromium; }

check_firefox() { PARLOR_BROWSER=firefox node_tests calendar/internal/e2e/calendar journeys; }

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
