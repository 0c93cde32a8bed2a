package xyz.graphyn.adapter.redis.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps a run and publishes it, in one step. The kept events are always a run without a hole: what follows them is added,
 * what begins behind a hole replaces them, what is older is only published. A Redis that can't keep (no memory, its disk
 * full) still publishes.
 */
final class PublishScript {
    /** What is answered if the run is newer and could not be kept. */
    static final long NOT_KEPT = -1;

    // Sharded pub/sub is of Redis 7; where a server doesn't know it, the ordinary one takes its place.
    private static final String TEXT = """
            local kept, channel = KEYS[1], KEYS[2]
            local most, most_bytes, ttl, first = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
            local before = 5
            local count = #ARGV - before
            local outcome = 0
            if count == 0 then
              redis.pcall('DEL', kept)
            else
              local last, bytes = first - 1, 0
              local found = redis.pcall('XREVRANGE', kept, '+', '-', 'COUNT', 1)
              local newest = found[1]
              if found.err then
                redis.pcall('DEL', kept)
              elseif newest then
                local seq = tonumber(string.match(newest[1], '^%d+'))
                if first > seq + 1 then
                  redis.pcall('DEL', kept)
                else
                  last = seq
                  bytes = tonumber(newest[2][2]) or 0
                end
              end
              for i = last - first + 2, count do
                local entry = ARGV[before + i]
                bytes = bytes + #entry
                local added = redis.pcall('XADD', kept, string.format('%.0f-0', first + i - 1),
                    'to', string.format('%.0f', bytes), 'event', entry)
                if type(added) == 'table' and added.err then
                  redis.pcall('DEL', kept)
                  outcome = -1
                  break
                end
                outcome = 1
              end
              if outcome == 1 then
                redis.call('XTRIM', kept, 'MAXLEN', most)
                local length = redis.call('XLEN', kept)
                while bytes > most_bytes and length > 1 do
                  local oldest = redis.call('XRANGE', kept, '-', '+', 'COUNT', 1)[1]
                  local from = (tonumber(oldest[2][2]) or 0) - #oldest[2][4]
                  if bytes - from <= most_bytes then break end
                  length = math.floor(length / 2)
                  redis.call('XTRIM', kept, 'MAXLEN', length)
                end
                redis.call('PEXPIRE', kept, ttl)
              end
            end
            local message = table.concat(ARGV, '', before)
            local told = redis.pcall('SPUBLISH', channel, message)
            if type(told) == 'table' and told.err then
              if string.find(told.err, 'nknown') then
                redis.call('PUBLISH', channel, message)
              else
                return told
              end
            end
            return outcome
            """;

    private static final byte[] SCRIPT = TEXT.getBytes(UTF_8);
    private static final String SHA = Base16.digest(SCRIPT);

    private final byte[] keptEvents;
    private final byte[] keptBytes;
    private final byte[] keptMillis;

    PublishScript(LiveLimits limits) {
        keptEvents = text(limits.keptEvents());
        keptBytes = text(limits.keptBytes());
        keptMillis = text(limits.keptFor().toMillis());
    }

    /** By the script's digest, which fails with NOSCRIPT where the server doesn't have it. */
    CompletionStage<Long> byDigest(RedisClusterAsyncCommands<String, byte[]> commands, Packet packet) {
        return commands.evalsha(SHA, ScriptOutputType.INTEGER, keys(packet), arguments(packet));
    }

    /** By the script's text, after which the server has it. */
    CompletionStage<Long> byText(RedisClusterAsyncCommands<String, byte[]> commands, Packet packet) {
        return commands.eval(SCRIPT, ScriptOutputType.INTEGER, keys(packet), arguments(packet));
    }

    private static String[] keys(Packet packet) {
        LiveKeys keys = LiveKeys.of(packet.epoch(), packet.agent());
        return new String[] {keys.kept(), keys.channel()};
    }

    private byte[][] arguments(Packet packet) {
        List<byte[]> entries = packet.entries();
        byte[][] arguments = new byte[5 + entries.size()][];
        arguments[0] = keptEvents;
        arguments[1] = keptBytes;
        arguments[2] = keptMillis;
        arguments[3] = text(packet.first());
        arguments[4] = entries.isEmpty() ? EventCodec.UNCERTAIN_MESSAGE : EventCodec.RUN_HEAD;
        for (int i = 0; i < entries.size(); i++) {
            arguments[5 + i] = entries.get(i);
        }
        return arguments;
    }

    private static byte[] text(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }
}
