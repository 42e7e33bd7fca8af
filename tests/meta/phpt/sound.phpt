--TEST--
Nothing is wrong
--FILE--
<?php
var_dump(vestnik_planted('none'));
?>
--EXPECT--
int(1)
