# The checks of the Go code.

# go_files lists the hand-written ones.
go_files() {
  find . -name node_modules -prune -o -name '.?*' -type d -prune -o -name '*.go' ! -name '*.gen.go' -print
}

check_format() {
  local off
  off=$(go_files | xargs "$tools/gofumpt-v0.12.0" -l)
  [[ -z $off ]] || { printf 'run gofumpt -w on:\n%s\n' "$off"; return 1; }
}

# check_generated regenerates everything and wants the same bytes.
check_generated() {
  local before after
  before=$(generated_sums)
  go generate ./...
  npm --prefix internal/e2e run --silent generate
  after=$(generated_sums)
  echo "$(grep -c . <<<"$after") files" >&3
  diff <(echo "$before") <(echo "$after") || { echo "generated files are out of date"; return 1; }
}

generated_sums() {
  find . -name node_modules -prune -o \( -name '*.gen.go' -o -name '*.gen.ts' -o -name openapi.yaml \) -print0 |
    sort -z | xargs -0 -r sha256sum
}

check_lint() {
  go vet -tags shareddata ./...
  "$tools/golangci-lint-v2.15.0" config verify
  "$tools/golangci-lint-v2.15.0" run ./...
}

check_deadcode() {
  local dead
  dead=$("$tools/deadcode-v0.52.0" -test -tags shareddata ./...)
  [[ -z $dead ]] || { printf 'nothing reaches:\n%s\n' "$dead"; return 1; }
}

check_house() { go_tests -count 1 ./internal/docs; }

check_tests() {
  local packages
  packages=$(go list ./... | grep -v '/internal/docs$')
  # shellcheck disable=SC2086
  go_tests -race -parallel 8 -timeout 15m $packages
}

# go_tests runs go test and counts; a test that is skipped fails the stage, as does a run without any test.
go_tests() {
  local code=0
  go test -json "$@" >"$logs/go.json" || code=$?
  node .ci/tally.mjs "$logs/go.json" "$counts" >&3 || code=1
  return "$code"
}

# check_shared_data runs the tests that read recorded payloads, which lie beside the clone and not in it.
check_shared_data() {
  local data=${PARLOR_SHARED_DATA:-$PWD/../shared/data} files names dirs
  if [[ ! -d $data ]]; then
    echo "shared data: absent, not run" >&3
    return
  fi
  files=$(find . -name '*_shared_test.go')
  [[ -n $files ]] || { echo "no test reads the shared data" >&3; return 1; }
  # shellcheck disable=SC2086
  names=$(sed -nE 's/^func (Test[A-Za-z0-9_]*)\(.*/\1/p' $files | paste -sd'|')
  dirs=$(xargs -n1 dirname <<<"$files" | sort -u)
  # shellcheck disable=SC2086
  PARLOR_SHARED_DATA=$data go_tests -tags shareddata -run "^($names)\$" $dirs
}

# check_benchmarks runs each once, so that they cannot rot; the figures of such a run mean nothing.
check_benchmarks() { go test -run '^$' -bench . -benchtime 1x ./...; }
