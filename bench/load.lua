-- What wrk sends: the paths of the file PATHS, in turn from a random one on, or `METHOD<tab>path<tab>body`; and what it says in the
-- end, for run.py.
local paths, next_path, total = {}, 0, 0

function init()
  local heads = {["If-Match"] = "*", ["Content-Type"] = "application/json"}
  for name, value in pairs(wrk.headers) do
    heads[name] = value
  end
  for line in io.lines(os.getenv("PATHS")) do
    total = total + 1
    local method, path, body = line:match("^(%u+)\t([^\t]*)\t(.*)$")
    paths[total] = wrk.format(method or "GET", path or line, method and heads, body)
  end
  math.randomseed(os.time())
  next_path = math.random(0, total - 1)
end

function request()
  next_path = next_path % total + 1
  return paths[next_path]
end

function done(summary, latency)
  local failed = summary.errors
  io.write(string.format(
    '\nRESULT {"requests": %d, "microseconds": %d, "p50": %.1f, "p99": %.1f, "most": %.1f, "failed": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    failed.status + failed.connect + failed.read + failed.write + failed.timeout))
end
