--TEST--
Memory of malloc is lost
--FILE--
<?php
var_dump(vestnik_planted('leak'));
?>
--EXPECT--
int(1)
