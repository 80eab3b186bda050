UPDATE agents
JOIN terms AS device ON device.site = agents.site AND device.kind = 25 AND device.id = agents.device
JOIN terms AS class ON class.site = agents.site AND class.kind = 27 AND class.value = device.value
SET agents.screen = class.id
WHERE agents.screen = 0
