<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** The shop's address for delivery reports: takes one HTTP request at a time and gives it to vestnik_receive(). */
final class Webhook
{
    private const PATIENCE_S = 10;

    /** @var resource */
    private $server;
    public readonly string $url;

    public function __construct(private readonly string $provider)
    {
        $server = stream_socket_server('tcp://127.0.0.1:0');
        $this->server = $server !== false ? $server : throw new \RuntimeException('no free port for the webhook');
        $this->url = 'http://' . stream_socket_get_name($this->server, false) . '/vestnik/smsru';
    }

    /** Takes the requests that are waiting; returns how many records were new. */
    public function take(float $waitSeconds): int
    {
        $events = 0;
        while (self::readable($this->server, $waitSeconds)) {
            $connection = stream_socket_accept($this->server, 0);
            if ($connection !== false) {
                $events += $this->answer($connection);
                fclose($connection);
            }
        }
        return $events;
    }

    /** @param resource $stream */
    private static function readable($stream, float $seconds): bool
    {
        $read = [$stream];
        $none = null;
        return (int)stream_select($read, $none, $none, (int)$seconds, (int)(fmod($seconds, 1) * 1e6)) > 0;
    }

    /** @param resource $connection */
    private function answer($connection): int
    {
        stream_set_timeout($connection, self::PATIENCE_S);
        [$method, $target] = explode(' ', (string)fgets($connection)) + ['', ''];
        $headers = [];
        while (($line = trim((string)fgets($connection))) !== '') {
            [$name, $value] = explode(':', $line, 2) + ['', ''];
            $headers[strtolower($name)] = trim($value);
        }
        $length = (int)($headers['content-length'] ?? 0);
        parse_str((string)parse_url($target, PHP_URL_QUERY), $query);
        $answer = vestnik_receive($this->provider, [
            'method' => $method,
            'headers' => $headers,
            'query' => $query,
            'body' => $length > 0 ? (string)stream_get_contents($connection, $length) : '',
        ]);
        $body = $answer['reply']['body'];
        fwrite($connection, "HTTP/1.1 {$answer['reply']['status']} OK\r\nContent-Type: text/plain\r\nContent-Length: "
            . strlen($body) . "\r\nConnection: close\r\n\r\n$body");
        return $answer['events'];
    }
}
