-- Posts the payloads that a file lists, in turn, and ends with a line of figures: requests, microseconds that it took,
-- the median and the 99th percentile of a request's in microseconds, and requests that failed.
local requests = {}
local last = 0

function init(arguments)
  for path in io.lines(arguments[1]) do
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
