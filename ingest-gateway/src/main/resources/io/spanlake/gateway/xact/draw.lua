-- SharedCounter.java in Lua. KEYS[1]: last id drawn. ARGV: largest id seen, seconds by the gateway's clock, ids wanted.
-- Answers the first id drawn, or -1 where it would be ahead of the gateway's clock. All numbers have 48 bits.
local SECOND = 65536
local seen, gateway, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local now = tonumber(redis.call('TIME')[1])
local time = math.min(math.max(now, gateway - 5), gateway + 1)
local last = redis.call('GET', KEYS[1])
if last then
  last = tonumber(last)
else
  last = (math.max(time, gateway, math.floor(seen / SECOND)) + 5) * SECOND - 1
end
local known = math.max(seen, last)
local first
if math.floor(known / SECOND) < time then
  first = time * SECOND
elseif known % SECOND + count <= 32767 then
  first = known + 1
else
  first = (math.floor(known / SECOND) + 1) * SECOND
end
local drawn = first + count - 1
if math.floor(drawn / SECOND) > gateway + 2 then
  redis.call('SET', KEYS[1], string.format('%.0f', known))
  return -1
end
redis.call('SET', KEYS[1], string.format('%.0f', drawn))
return first
