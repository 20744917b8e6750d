#!/usr/bin/env bash
# Usage: smoke.sh URL [PROJECT]
# Sends one event with the version "smoke-test" to the service at URL and prints the response. With PROJECT, it also waits for
# the row in the table $EVENTS, by default PROJECT.stats.events: this needs Google's bq, run by an owner of the project. Fails if
# the event is not accepted, or if its row is not found within a minute.
set -euo pipefail

url=${1:?usage: smoke.sh URL [PROJECT]}
project=${2:-}
sha256() { printf '%s' "$1" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1; } # macOS may lack sha256sum
instance=$(sha256 smoke-test)                             # constant: Terraform excludes it from published numbers
application=$(sha256 "smoke-test $(date +%s) $$ $RANDOM") # unique, so that the row can be found
event='{"spinnakerInstance": {"id": "'$instance'", "version": "smoke-test"}, "application": {"id": "'$application'"}}'

result=$(curl --silent --show-error --max-time 30 --write-out '\n%{http_code} %{time_total}' \
    --header 'Content-Type: application/json' --data "$event" "${url%/}/log")
read -r status seconds <<<"${result##*$'\n'}"
case $status in
    204) echo "204 after $seconds s: the row is stored" ;;
    202) echo "202 after $seconds s: BigQuery is unavailable; the event is in the dead-letter topic" ;;
    503) echo "503 after $seconds s: neither BigQuery nor the dead-letter topic accepted the event; see the log" ;;
    403 | 404) echo "$status after $seconds s: the URL is wrong, or the service is not public" ;;
    *) echo "$status after $seconds s: ${result%$'\n'*}" ;;
esac
[ "$status" = 204 ] || [ "$status" = 202 ] || exit 1
echo "the application id of the event is $application"
[ -n "$project" ] || exit 0

read -ra bq <<<"${BQ:-bq}"
events=${EVENTS:-$project.stats.events}
for _ in {1..30}; do
    rows=$("${bq[@]}" --project_id="$project" query --use_legacy_sql=false --format=csv --quiet \
        "SELECT COUNT(DISTINCT event_id) FROM \`$events\` WHERE received_at > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY) AND application.id = '$application'" | tail -n 1)
    if [ "$rows" = 1 ]; then
        echo "its row is in $events"
        exit
    fi
    sleep 2
done
echo "its row is not in $events after one minute" >&2
exit 1
