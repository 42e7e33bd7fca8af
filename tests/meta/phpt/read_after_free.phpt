--TEST--
Memory is read after it was freed
--FILE--
<?php
var_dump(vestnik_planted('read after free'));
?>
--EXPECT--
int(1)
