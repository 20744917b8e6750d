#!/usr/bin/env bash
# Usage: smoke.sh URL [PROJECT]. Posts one event to the service at URL, marked by the version "smoke-test", and says what came back.
# With the project, waits for its row (as an owner, by Google's bq). Fails unless it was taken and, if asked for, stored.
set -euo pipefail

url=${1:?usage: smoke.sh URL [PROJECT]}
project=${2:-}
sha256() { printf '%s' "$1" | sha256sum | cut -d' ' -f1; }
instance=$(sha256 smoke-test)                            # always the same: so it adds one to the number of instances, once
application=$(sha256 "smoke-test $(date +%s%N) $RANDOM") # never the same: so this event can be found
event='{"spinnakerInstance": {"id": "'$instance'", "version": "smoke-test"}, "application": {"id": "'$application'"}}'

result=$(curl --silent --show-error --max-time 30 --write-out '\n%{http_code} %{time_total}' \
    --header 'Content-Type: application/json' --data "$event" "${url%/}/log")
read -r status seconds <<<"${result##*$'\n'}"
case $status in
    204) echo "204 after $seconds s: the row is stored" ;;
    202) echo "202 after $seconds s: BigQuery does not take it now, the dead-letter topic did" ;;
    503) echo "503 after $seconds s: neither BigQuery nor the topic took it; the log says why" ;;
    403 | 404) echo "$status after $seconds s: this is not the service, or not everybody may call it" ;;
    *) echo "$status after $seconds s: ${result%$'\n'*}" ;;
esac
[ "$status" = 204 ] || [ "$status" = 202 ] || exit 1
echo "its application is $application"
[ -n "$project" ] || exit 0

read -ra bq <<<"${BQ:-bq}"
for _ in {1..30}; do
    rows=$("${bq[@]}" --project_id="$project" query --use_legacy_sql=false --format=csv --quiet \
        "SELECT COUNT(*) FROM \`$project.stats_shared.events\` WHERE received_at > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 1 DAY) AND application.id = '$application'" | tail -n 1)
    if [ "$rows" = 1 ]; then
        echo "and its row is in $project.stats_shared.events"
        exit
    fi
    sleep 2
done
echo "but it is not in $project.stats_shared.events after a minute" >&2
exit 1
