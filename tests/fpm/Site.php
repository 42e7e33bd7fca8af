<?php

declare(strict_types=1);

namespace Vestnik\Tests\Fpm;

use Vestnik\Tests\Crash\Child;

/**
 * PHP-FPM with two pools of one user: `shop` with four children, and `exposed`, whose store lies under its document
 * root. Started by root the master stays root, as on a real host.
 */
final class Site
{
    public const CHILDREN = 4;
    public const REQUESTS = 100;

    private readonly Child $master;

    /** @param ?string $user that the pools run as; null: the one who runs the test */
    public function __construct(public readonly string $folder, ?string $user)
    {
        file_put_contents("$folder/fpm.conf", $this->configuration($user));
        $program = [(string)getenv('VESTNIK_FPM'), '--nodaemonize', '--fpm-config', "$folder/fpm.conf"];
        $this->master = new Child($program, [], "$folder/fpm-output.log");
        Child::until(
            fn (): bool => file_exists("$folder/shop.sock") && file_exists("$folder/exposed.sock")
                || !$this->master->isRunning(),
            'PHP-FPM does not start'
        );
        if (!$this->master->isRunning()) {
            throw new \RuntimeException('PHP-FPM ends at once: ' . $this->log());
        }
    }

    public function pages(string $pool): FastCgi
    {
        return new FastCgi("$this->folder/$pool.sock", "$this->folder/www/page.php");
    }

    public function reload(): void
    {
        $this->master->signal(SIGUSR2);
    }

    /** @return int exit code of the master */
    public function end(): int
    {
        $this->master->signal(SIGQUIT);
        return $this->master->wait();
    }

    public function log(): string
    {
        return $this->master->said() . @file_get_contents("$this->folder/fpm.log");
    }

    /** @return list<string> files of the store that the master has open or mapped */
    public function openedByMaster(): array
    {
        return self::opened($this->master->pid, "$this->folder/store/");
    }

    /** @return list<string> the same of all its children, to show that the look finds what there is */
    public function openedByChildren(): array
    {
        $children = (string)file_get_contents("/proc/{$this->master->pid}/task/{$this->master->pid}/children");
        $opened = [];
        foreach (array_filter(explode(' ', $children)) as $pid) {
            $opened = [...$opened, ...self::opened((int)$pid, "$this->folder/store/")];
        }
        return $opened;
    }

    /** @return list<string> */
    private static function opened(int $pid, string $prefix): array
    {
        $files = array_map(fn (string $link): string => (string)@readlink($link), glob("/proc/$pid/fd/*"));
        foreach (explode("\n", (string)@file_get_contents("/proc/$pid/maps")) as $line) {
            $files[] = strstr($line, '/') ?: '';
        }
        return array_values(array_filter($files, fn (string $file): bool => str_starts_with($file, $prefix)));
    }

    private function configuration(?string $user): string
    {
        $children = self::CHILDREN;
        $requests = self::REQUESTS;
        $common = ($user !== null ? "user = $user\ngroup = $user\nlisten.owner = $user\n" : '')
            . "pm = static\ncatch_workers_output = yes\nenv[VESTNIK_PROJECT] = $this->folder/project\n"
            . "php_admin_flag[log_errors] = on\n";
        return <<<CONF
            [global]
            error_log = $this->folder/fpm.log
            process_control_timeout = 30s

            [shop]
            listen = $this->folder/shop.sock
            pm.max_children = $children
            pm.max_requests = $requests
            php_admin_value[vestnik.store] = "sqlite:$this->folder/store/s.db?clock=manual"
            $common
            [exposed]
            listen = $this->folder/exposed.sock
            pm.max_children = 1
            php_admin_value[vestnik.store] = "sqlite:$this->folder/www/upload/s.db"
            $common
            CONF;
    }
}
