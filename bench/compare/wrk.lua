-- Posts the payloads in turn. At the end, prints a line of figures: requests, duration, median and
-- 99th percentile of the latency (all times in microseconds), and failed requests.
local requests = {}
local last = 0

function init(arguments)
  for path in io.popen("find src/test/resources/contract/payloads -name '*.json' | LC_ALL=C sort"):lines() do
    local file = assert(io.open(path, "rb"))
    local headers = { ["Content-Type"] = "application/json" }
    requests[#requests + 1] = wrk.format("POST", "/log", headers, file:read("*a"))
    file:close()
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("figures %d %d %.0f %.0f %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), failed))
end
