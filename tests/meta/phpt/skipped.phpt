--TEST--
A test that skips itself without being expected to
--SKIPIF--
skip nobody expects this
--FILE--
<?php
?>
--EXPECT--
