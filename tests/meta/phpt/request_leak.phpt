--TEST--
Memory of the request is lost
--FILE--
<?php
var_dump(vestnik_planted('request leak'));
?>
--EXPECT--
int(1)
