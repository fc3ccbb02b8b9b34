#!/bin/sh
# Holds the printed contracts to tools that others wrote: readers and linters,
# generated clients, Schemathesis. It takes a quarter of an hour, and needs Go,
# Java, Maven, Node and Python; everything else comes from their registries, in
# the versions below, into a folder that is thrown away. From the root of a
# checkout: docs/contract/check.sh [readers] [clients] [schemathesis]
set -eu
VALIDATOR=0.9.0 SCHEMATHESIS=4.32.5 PYDANTIC=2.14.4
REDOCLY=2.77.0 SPECTRAL=6.16.3 PARSER=13.0.0 TYPESCRIPT=5.9.3 NODE_TYPES=26.6.6
GENERATOR=7.16.0
APIS='rapid7 devicehive socotra'

root=$(pwd)
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null; rm -rf "$work"' EXIT
steps=${*:-readers clients schemathesis}
# quietly shows what a command says only if it fails.
quietly() { local said; said=$("$@" 2>&1) || { echo "$said" >&2; return 1; }; }
wants() { case " $steps " in *" $1 "*) true ;; *) false ;; esac; }

go build -o "$work/rolecall" ./cmd/rolecall
python3 -m venv "$work/python"
"$work/python/bin/pip" -q install openapi-spec-validator==$VALIDATOR schemathesis==$SCHEMATHESIS pydantic==$PYDANTIC python-dateutil urllib3 typing-extensions
mkdir "$work/js" && cd "$work/js"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @redocly/cli@$REDOCLY @stoplight/spectral-cli@$SPECTRAL @apidevtools/swagger-parser@$PARSER typescript@$TYPESCRIPT @types/node@$NODE_TYPES
mvn -q dependency:copy -Dartifact=org.openapitools:openapi-generator-cli:$GENERATOR -DoutputDirectory="$work"
generator="java -jar $work/openapi-generator-cli-$GENERATOR.jar"
bin=$work/js/node_modules/.bin

serve() {
	"$work/rolecall" serve --http 127.0.0.1:0 --https off --seed 1 --ready-file "$work/ready.json" >"$work/serve.log" 2>&1 &
	echo $! >"$work/pid"
	for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s "$work/ready.json" ] && return || sleep 1; done
	cat "$work/serve.log" && exit 1
}

# Each contract alone in an empty folder.
for api in $APIS; do
	mkdir "$work/$api" && cd "$work/$api"
	"$work/rolecall" contract "$api" >openapi.yaml
	wants readers || continue
	echo "== $api: readers"
	"$work/python/bin/openapi-spec-validator" openapi.yaml
	REDOCLY_TELEMETRY=off "$bin/redocly" lint openapi.yaml
	echo 'extends: ["spectral:oas"]' >.spectral.yaml
	"$bin/spectral" lint openapi.yaml
	(cd "$work/js" && node -e 'require("@apidevtools/swagger-parser").validate(process.argv[1]).then(() => console.log("swagger-parser: valid"))' "$work/$api/openapi.yaml")
	$generator validate -i openapi.yaml
done
serve

if wants clients; then
	cd "$work"
	mkdir python-clients ts go && mkdir ts/out
	for api in $APIS; do
		echo "== $api: clients"
		$generator generate -i "$api/openapi.yaml" -g python -o "python-clients/$api" --additional-properties=packageName="${api}_client" >/dev/null 2>&1
		$generator generate -i "$api/openapi.yaml" -g typescript-fetch -o "ts/$api" >/dev/null 2>&1
		$generator generate -i "$api/openapi.yaml" -g go -o "go/$api" --additional-properties=packageName="$api",withGoMod=false >/dev/null 2>&1
		rm -rf "go/$api/test"
		(cd "go/$api" && quietly go mod init "example.com/$api" && quietly go mod tidy && go vet .)
	done
	PYTHONPATH="python-clients/rapid7:python-clients/devicehive:python-clients/socotra" "$work/python/bin/python" "$root/docs/contract/calls.py" ready.json
	cp "$root/docs/contract/calls.ts" ts
	(cd ts && "$bin/tsc" --strict --target es2020 --module commonjs --moduleResolution node10 --lib es2020,dom --skipLibCheck --typeRoots "$work/js/node_modules/@types" --types node --outDir out calls.ts)
	node ts/out/calls.js ready.json
	mkdir go/calls && grep -v '^//go:build' "$root/docs/contract/calls.go" >go/calls/main.go
	(cd go/calls && quietly go mod init calls && for api in $APIS; do go mod edit -require="example.com/$api@v0.0.0" -replace="example.com/$api=../$api"; done && quietly go mod tidy && go build -o calls .)
	go/calls/calls ready.json
fi

if wants schemathesis; then
	url() { python3 -c 'import json, sys; print(next(a["url"] for a in json.load(open(sys.argv[1])) if a["api"] == sys.argv[2]))' "$work/ready.json" "$1"; }
	for api in $APIS; do
		echo "== $api: Schemathesis"
		cd "$work/$api"
		case $api in
		rapid7) printf '[auth.openapi.basic]\nusername = "nxadmin"\npassword = "nxpassword"\n' ;;
		devicehive)
			token=$(curl -s "$(url devicehive)/token" -H 'Content-Type: application/json' -d '{"login": "dhadmin", "password": "dhadmin_#911"}' | python3 -c 'import json, sys; print(json.load(sys.stdin)["accessToken"])')
			printf '[auth.openapi.bearer]\nbearer = "%s"\n' "$token" ;;
		socotra) printf '[auth.openapi.bearer]\nbearer = "SOCP_000000000000000000000ADM1N"\n' ;;
		esac >schemathesis.toml
		SUCCEEDED=$work/$api/succeeded SCHEMATHESIS_HOOKS=schemathesis_hooks PYTHONPATH=$root/docs/contract "$work/python/bin/schemathesis" run openapi.yaml --url "$(url "$api")" \
			--phases examples,coverage,fuzzing,stateful --checks all --exclude-checks positive_data_acceptance --seed 1 --max-examples 100 --generation-database none --request-timeout 60 --max-response-time 60 --continue-on-failure --no-color
		sort -u succeeded >a && "$work/rolecall" contract "$api" --operations | sed 's/.*"operation":"\([^"]*\)".*/\1/' | sort -u >b
		echo "operations with a success: $(wc -l <a) of $(wc -l <b)"
		cmp a b
	done
fi
echo 'The printed contracts are what they should be.'
