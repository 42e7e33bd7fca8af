--TEST--
The exceptions are final, runtime exceptions, and Vestnik\Exception catches them all
--EXTENSIONS--
vestnik
--FILE--
<?php
foreach (['Store', 'Provider', 'Settings'] as $name) {
    $class = "Vestnik\\{$name}Exception";
    try {
        throw new $class('words', 5);
    } catch (Vestnik\Exception $exception) {
        echo get_class($exception), ' ', $exception->getMessage(), ' ', $exception->getCode(), ' ';
        var_dump($exception->isRetryable(), $exception instanceof RuntimeException);
    }
    var_dump((new ReflectionClass($class))->isFinal());
}
$interface = new ReflectionClass('Vestnik\Exception');
var_dump($interface->isInterface(), $interface->implementsInterface(Throwable::class));
?>
--EXPECT--
Vestnik\StoreException words 5 bool(false)
bool(true)
bool(true)
Vestnik\ProviderException words 5 bool(false)
bool(true)
bool(true)
Vestnik\SettingsException words 5 bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
