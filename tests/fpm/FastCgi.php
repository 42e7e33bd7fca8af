<?php

declare(strict_types=1);

namespace Vestnik\Tests\Fpm;

/** A small FastCGI client that keeps several requests on the wire, each on a connection of its own. */
final class FastCgi
{
    private const BEGIN = 1;
    private const END = 3;
    private const PARAMS = 4;
    private const STDIN = 5;
    private const STDOUT = 6;
    private const STDERR = 7;
    private const PATIENCE_S = 60;

    public function __construct(private readonly string $socket, private readonly string $script)
    {
    }

    /**
     * Gets pages, $parallel at once.
     *
     * @param iterable<int|string, array<string, string|int>> $queries key => query
     * @param callable(int|string, ?string): void $answered key, body; null: no whole answer came
     */
    public function get(iterable $queries, int $parallel, callable $answered): void
    {
        $waiting = (static fn () => yield from $queries)();
        $open = $streams = [];
        $last = hrtime(true);
        while ($waiting->valid() || $open !== []) {
            while ($waiting->valid() && count($open) < $parallel) {
                [$key, $query] = [$waiting->key(), $waiting->current()];
                $waiting->next();
                $stream = @stream_socket_client("unix://$this->socket", $code, $words, 10);
                if ($stream === false) {
                    $answered($key, null);
                    continue;
                }
                $id = (int)$stream;
                $streams[$id] = $stream;
                $open[$id] = ['key' => $key, 'in' => ''];
                fwrite($stream, $this->request(http_build_query($query)));
                stream_set_blocking($stream, false);
            }
            $ready = $streams;
            $none = null;
            if ($ready !== [] && stream_select($ready, $none, $none, 1) === false) {
                throw new \RuntimeException('select fails');
            }
            if (hrtime(true) - $last > self::PATIENCE_S * 1e9) {
                throw new \RuntimeException('PHP-FPM does not answer');
            }
            foreach ($ready as $stream) {
                $last = hrtime(true);
                $id = (int)$stream;
                $open[$id]['in'] .= (string)fread($stream, 65536);
                if (feof($stream)) {
                    [$key, $body] = [$open[$id]['key'], self::body($open[$id]['in'])];
                    fclose($stream);
                    unset($streams[$id], $open[$id]);
                    $answered($key, $body);
                }
            }
        }
    }

    /** One page. */
    public function page(array $query): ?string
    {
        $found = null;
        $this->get([$query], 1, function (int|string $key, ?string $body) use (&$found): void {
            $found = $body;
        });
        return $found;
    }

    private function request(string $query): string
    {
        $params = '';
        $given = [
            'SCRIPT_FILENAME' => $this->script,
            'SCRIPT_NAME' => '/' . basename($this->script),
            'REQUEST_URI' => '/' . basename($this->script) . "?$query",
            'DOCUMENT_ROOT' => dirname($this->script),
            'QUERY_STRING' => $query,
            'REQUEST_METHOD' => 'GET',
            'SERVER_PROTOCOL' => 'HTTP/1.1',
            'GATEWAY_INTERFACE' => 'CGI/1.1',
            'REMOTE_ADDR' => '127.0.0.1',
        ];
        foreach ($given as $name => $value) {
            $params .= self::length($name) . self::length($value) . $name . $value;
        }
        /* role responder, no keep-alive: the server closes after the answer */
        return self::record(self::BEGIN, pack('nCx5', 1, 0)) . self::record(self::PARAMS, $params)
            . self::record(self::PARAMS, '') . self::record(self::STDIN, '');
    }

    private static function length(string $text): string
    {
        return strlen($text) < 128 ? chr(strlen($text)) : pack('N', strlen($text) | 0x80000000);
    }

    private static function record(int $type, string $content): string
    {
        return pack('CCnnxx', 1, $type, 1, strlen($content)) . $content;
    }

    /** What the page printed; null unless the answer came to its end. */
    private static function body(string $in): ?string
    {
        $out = '';
        $ended = false;
        for ($at = 0; strlen($in) - $at >= 8; $at += 8 + $head['length'] + $head['padding']) {
            $head = unpack('Cversion/Ctype/nid/nlength/Cpadding', substr($in, $at, 8));
            if ($head['type'] === self::STDOUT) {
                $out .= substr($in, $at + 8, $head['length']);
            } elseif ($head['type'] === self::STDERR) {
                fwrite(STDERR, substr($in, $at + 8, $head['length']));
            } elseif ($head['type'] === self::END) {
                $ended = true;
            }
        }
        [, $body] = explode("\r\n\r\n", $out, 2) + [1 => null];
        return $ended ? $body : null;
    }
}
