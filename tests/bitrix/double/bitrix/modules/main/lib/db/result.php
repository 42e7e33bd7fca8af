<?php

namespace Bitrix\Main\DB;

abstract class Result
{
    abstract public function fetch();
}
