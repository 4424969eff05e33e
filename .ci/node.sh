# The checks of the scripts and of the product in real browsers. The only Node project is internal/e2e.

export NO_COLOR=1
node_project=internal/e2e

check_typescript() {
  npm --prefix $node_project run --silent check
  npm --prefix $node_project run --silent lint
}

check_readme() { node_tests readme; }

check_chromium() { PARLOR_BROWSER=chromium node_tests browser; }

check_firefox() { PARLOR_BROWSER=firefox node_tests browser; }

# node_tests builds the tests and the product, runs the tests of one folder and counts as go_tests does.
node_tests() {
  local code=0
  npm --prefix $node_project run --silent build
  node --enable-source-maps --test --test-concurrency 1 --test-reporter tap "$node_project/out/$1/" >"$logs/node.tap" || code=$?
  node .ci/tally.mjs "$logs/node.tap" "$counts" >&3 || code=1
  return "$code"
}
