-- A script for wrk: sends the bodies in a folder in rotation, and prints the results as one line of JSON.
-- wrk ... -s predict.lua URL -- folder count content-type
local requests = {}
local sent = 0

function init(args)
  local headers = { ["Content-Type"] = args[3] }
  for i = 0, tonumber(args[2]) - 1 do
    local file = assert(io.open(args[1] .. "/" .. i, "rb"))
    requests[i] = wrk.format("POST", nil, headers, file:read("*a"))
    file:close()
  end
end

function request()
  sent = sent + 1
  return requests[sent % (#requests + 1)]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"responses":%d,"seconds":%f,"p50":%f,"p99":%f,"maximum":%f,"not2xx":%d,"connectionErrors":%d,"timeouts":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.status, errors.connect + errors.read + errors.write, errors.timeout))
end
