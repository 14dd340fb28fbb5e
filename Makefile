# make run    the main job, on the sample project: writes out/
# make test   every test
# make check  gofmt, go vet, staticcheck
# make build  bin/drogman

.PHONY: run test check build clean

run: build
	bin/drogman run -c seeds/drogman.yaml --out out

test:
	go test ./...

check:
	@unformatted=$$(gofmt -l cmd pipeline glossary seeds locales); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...

build:
	go build -trimpath -o bin/drogman ./cmd/drogman

clean:
	rm -rf bin out
