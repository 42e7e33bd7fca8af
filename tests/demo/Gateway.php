<?php

declare(strict_types=1);

namespace Vestnik\Demo;

/** The test gateway (tests/gateway) as its control port shows it. It counts for itself; nothing here comes from the store. */
final class Gateway
{
    public function __construct(public readonly string $url)
    {
    }

    /** @return list<string> form bodies as SMS.ru would post them, each once */
    public function reports(int $now): array
    {
        return $this->get("/control/callbacks?time=$now")['callbacks'];
    }

    /** @return array<string, mixed> */
    public function stats(): array
    {
        return $this->get('/control/stats');
    }

    /** @return array<string, int> "phone text" => times it was taken */
    public function taken(): array
    {
        $taken = [];
        foreach (explode("\n", trim($this->read('/control/messages'))) as $line) {
            $message = json_decode($line, true, 4, JSON_THROW_ON_ERROR);
            if ($message['accepted'] > 0) {
                $taken["{$message['phone']} {$message['text']}"] = $message['accepted'];
            }
        }
        ksort($taken);
        return $taken;
    }

    /** @return array<string, mixed> */
    private function get(string $path): array
    {
        return json_decode($this->read($path), true, 8, JSON_THROW_ON_ERROR);
    }

    private function read(string $path): string
    {
        $answer = file_get_contents($this->url . $path);
        return $answer !== false ? $answer : throw new \RuntimeException("the gateway does not answer $path");
    }
}
