<?php

namespace Bitrix\Main\DB;

class ArrayResult extends Result
{
    private $rows;

    public function __construct($result)
    {
        $this->rows = $result;
    }

    public function fetch()
    {
        return array_shift($this->rows) ?? false;
    }
}
