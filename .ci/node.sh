# The checks of the scripts and of the product in real browsers. The only Node project is internal/e2e.

export NO_COLOR=1
node_project=internal/e2e

check_typescript() {
  npm --prefix $node_project run --silent check
  npm --prefix $node_project run --silent lint
}

check_readme() { build_node && node_tests readme readme; }

# check_browsers runs both side by side: a browser waits more than it works.
check_browsers() {
  local code=0 chromium
  build_node
  PARLOR_BROWSER=chromium node_tests chromium \
    addin/internal/e2e/addin addin/internal/e2e/worker calendar/internal/e2e/calendar journeys extension chromium &
  chromium=$!
  PARLOR_BROWSER=firefox node_tests firefox calendar/internal/e2e/calendar journeys extension || code=1
  wait "$chromium" || code=1
  return "$code"
}

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

# build_node makes the tests and the product anew.
build_node() {
  rm -rf "$node_project/out"
  npm --prefix $node_project run --silent build
}

# node_tests NAME FOLDER... runs the tests of these folders and counts as go_tests does.
node_tests() {
  local name=$1 folder code=0 files=()
  for folder in "${@:2}"; do files+=("$node_project/out/$folder"/*.test.js); done
  node --enable-source-maps --test --test-concurrency 1 --test-reporter tap "${files[@]}" >"$logs/$name.tap" || code=$?
  echo "$name" >&3
  node .ci/tally.mjs "$logs/$name.tap" "$counts" >&3 || code=1
  return "$code"
}
