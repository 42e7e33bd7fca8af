<?php

declare(strict_types=1);

namespace Vestnik\Tests\Bitrix;

use PhpParser\Node;
use PhpParser\NodeFinder;
use PhpParser\NodeTraverser;
use PhpParser\NodeVisitor\NameResolver;
use PhpParser\NodeVisitor\ParentConnectingVisitor;
use PhpParser\ParserFactory;

/**
 * Reads the module's code without running it: which symbols of the kernel and of the extension it uses, and whether it may.
 * The type of an object in a call is not known, so a method must exist in some class that the module may use.
 */
final class ModuleCheck
{
    /** Where the kernel may be known. */
    private const KERNEL_FOLDERS = ['/lib/Kernel/', '/install/', '/admin/'];

    private readonly NodeFinder $finder;
    /** @var array<string, true> lower-cased names of methods that some known class has */
    private array $methods = [];
    /** @var array<string, true> lower-cased functions and classes of the extension */
    private array $extension = [];
    /** @var array<string, true> lower-cased */
    private array $ownClasses = [];
    /** @var array<string, array<string, mixed>> contract by lower-cased symbol */
    private array $contract = [];

    /**
     * @param array<string, string> $files path inside the module => PHP code
     * @param string $extension the extension's stub
     */
    public function __construct(private readonly array $files, string $extension)
    {
        $this->finder = new NodeFinder();
        $this->readExtension($extension);
        foreach (Contract::symbols() as $symbol => $entry) {
            $this->contract[strtolower($symbol)] = $entry;
            $parts = explode('::', $symbol);
            if (isset($parts[1])) {
                $this->methods[strtolower($parts[1])] = true;
            }
        }
        foreach (get_declared_classes() as $class) {
            $reflection = new \ReflectionClass($class);
            if ($reflection->isInternal()) {
                foreach ($reflection->getMethods() as $method) {
                    $this->methods[strtolower($method->getName())] = true;
                }
            }
        }
    }

    private function readExtension(string $stub): void
    {
        $tree = $this->parse($stub);
        foreach ($this->finder->findInstanceOf($tree, Node\Stmt\Function_::class) as $function) {
            $this->extension[strtolower((string)$function->name)] = true;
        }
        foreach ($this->finder->findInstanceOf($tree, Node\Stmt\ClassLike::class) as $class) {
            $this->extension[strtolower((string)$class->namespacedName)] = true;
            foreach ($class->getMethods() as $method) {
                $this->methods[strtolower((string)$method->name)] = true;
            }
        }
    }

    /** @return list<string> problems, "file:line words" */
    public function problems(): array
    {
        $trees = array_map($this->parse(...), $this->files);
        foreach ($trees as $tree) {
            foreach ($this->finder->findInstanceOf($tree, Node\Stmt\Class_::class) as $class) {
                $this->ownClasses[strtolower((string)$class->namespacedName)] = true;
                foreach ($class->getMethods() as $method) {
                    $this->methods[strtolower((string)$method->name)] = true;
                }
            }
        }
        $problems = [];
        foreach ($trees as $path => $tree) {
            foreach ($this->inTree($tree, $this->mayKnowKernel($path)) as [$line, $words]) {
                $problems[] = "$path:$line $words";
            }
        }
        return $problems;
    }

    private function mayKnowKernel(string $path): bool
    {
        foreach (self::KERNEL_FOLDERS as $folder) {
            if (str_contains("/$path", $folder)) {
                return true;
            }
        }
        return false;
    }

    /** @return list<Node> */
    private function parse(string $code): array
    {
        $traverser = new NodeTraverser();
        $traverser->addVisitor(new NameResolver());
        $traverser->addVisitor(new ParentConnectingVisitor());
        return $traverser->traverse((new ParserFactory())->create(ParserFactory::PREFER_PHP7)->parse($code) ?? []);
    }

    /** @return iterable<array{0: int, 1: string}> */
    private function inTree(array $tree, bool $kernel): iterable
    {
        foreach ($this->finder->find($tree, static fn (Node $node): bool => true) as $node) {
            $words = match (true) {
                $node instanceof Node\Name => $this->aboutName($node, $kernel),
                $node instanceof Node\Expr\FuncCall => $this->aboutFunction($node),
                $node instanceof Node\Expr\StaticCall => $this->aboutMember($node->class, $node->name, $node->args),
                $node instanceof Node\Expr\ClassConstFetch => $this->aboutMember($node->class, $node->name, null),
                $node instanceof Node\Expr\MethodCall, $node instanceof Node\Expr\NullsafeMethodCall
                    => $this->aboutMethod($node),
                default => null,
            };
            if ($words !== null) {
                yield [$node->getStartLine(), $words];
            }
        }
    }

    private function aboutName(Node\Name $name, bool $kernel): ?string
    {
        $parent = $name->getAttribute('parent');
        $word = strtolower($name->toString());
        if (
            $parent instanceof Node\Stmt\Namespace_
            || $parent instanceof Node\Expr\FuncCall
            || $parent instanceof Node\Expr\ConstFetch
            || $parent instanceof Node\Stmt\UseUse
            || in_array($word, ['self', 'static', 'parent'], true)
            || isset($this->ownClasses[$word])
            || isset($this->extension[$word])
            || (class_exists($word, false) || interface_exists($word, false)) && (new \ReflectionClass($word))->isInternal()
        ) {
            return null;
        }
        if (!isset($this->contract[$word])) {
            return "class {$name->toString()} is not in the contract";
        }
        return $kernel ? null : "class {$name->toString()} is the kernel's, and this file must not know the kernel";
    }

    private function aboutFunction(Node\Expr\FuncCall $call): ?string
    {
        if (!$call->name instanceof Node\Name) {
            return null;
        }
        $name = strtolower($call->name->getLast());
        if (str_starts_with($name, 'vestnik_')) {
            return isset($this->extension[$name]) ? null : "the extension has no function $name";
        }
        $internal = function_exists($name) && (new \ReflectionFunction($name))->isInternal();
        return $internal || isset($this->contract[$name]) ? null : "function $name is not in the contract";
    }

    private function aboutMember(Node $class, Node $member, ?array $arguments): ?string
    {
        if (!$class instanceof Node\Name || !$member instanceof Node\Identifier) {
            return null;
        }
        $symbol = $class->toString() . '::' . $member->toString();
        $foreign = isset($this->contract[strtolower($class->toString())]);
        if (!$foreign || strtolower($member->toString()) === 'class') {
            return null;
        }
        $entry = $this->contract[strtolower($symbol)] ?? null;
        if ($entry === null) {
            return "$symbol is not in the contract";
        }
        return $arguments === null ? null : $this->aboutArguments($symbol, $entry, count($arguments));
    }

    private function aboutArguments(string $symbol, array $entry, int $given): ?string
    {
        $required = count(array_filter($entry['params'], static fn (string $param): bool => !str_contains($param, '=')));
        return $given < $required || $given > count($entry['params'])
            ? "$symbol takes $required to " . count($entry['params']) . " arguments, not $given"
            : null;
    }

    private function aboutMethod(Node\Expr\MethodCall|Node\Expr\NullsafeMethodCall $call): ?string
    {
        return $call->name instanceof Node\Identifier && !isset($this->methods[strtolower((string)$call->name)])
            ? "no known class has a method {$call->name}"
            : null;
    }
}
