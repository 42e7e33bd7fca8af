--TEST--
The functions and classes are those of the stub, name for name and type for type
--EXTENSIONS--
vestnik
--FILE--
<?php
$stub = file_get_contents(dirname(__DIR__, 2) . '/ext/vestnik.stub.php');
$copy = strtr($stub, ['namespace {' => 'namespace Stub {', 'namespace Vestnik {' => 'namespace Stub\Vestnik {']);
eval(substr($copy, strlen('<?php')));

function shape(ReflectionFunctionAbstract $function): string
{
    $parameters = [];
    foreach ($function->getParameters() as $parameter) {
        $attributes = array_map(fn ($attribute) => '#' . $attribute->getName(), $parameter->getAttributes());
        if (PHP_VERSION_ID < 80200) {
            $attributes = [];
        }
        $parameters[] = implode(' ', [
            ...$attributes,
            str_replace('Traversable|array', 'iterable', (string) $parameter->getType()),
            '$' . $parameter->getName(),
            ...($parameter->isDefaultValueAvailable() ? ['=', var_export($parameter->getDefaultValue(), true)] : []),
        ]);
    }
    return '(' . implode(', ', $parameters) . '): '
        . str_replace('Traversable|array', 'iterable', (string) $function->getReturnType());
}

$defined = get_defined_functions()['user'];
$declared = [];
foreach ($defined as $name) {
    if (str_starts_with($name, 'stub\\')) {
        $declared[] = substr($name, 5);
    }
}
$real = get_extension_funcs('vestnik');
sort($declared);
sort($real);
// A number would only have to be changed with each function; that something is there is shown below.
echo $declared === $real && $real !== [] ? 'the same functions' : 'others', "\n";
foreach (array_intersect($declared, $real) as $name) {
    $expected = shape(new ReflectionFunction("Stub\\$name"));
    $found = shape(new ReflectionFunction($name));
    if ($expected !== $found) {
        echo "$name\n  stub:      $expected\n  extension: $found\n";
    }
}

$classes = (new ReflectionExtension('vestnik'))->getClassNames();
echo implode(' ', $classes), "\n";
foreach ($classes as $name) {
    $expected = new ReflectionClass("Stub\\$name");
    $found = new ReflectionClass($name);
    var_dump(
        $expected->isFinal() === $found->isFinal(),
        $expected->isInterface() === $found->isInterface(),
        array_map(fn ($method) => $method->getName(), $expected->getMethods())
            === array_map(fn ($method) => $method->getName(), $found->getMethods()),
    );
}
?>
--EXPECT--
the same functions
Vestnik\Exception Vestnik\StoreException Vestnik\ProviderException Vestnik\SettingsException Vestnik\Replay
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
