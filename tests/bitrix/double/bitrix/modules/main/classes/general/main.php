<?php

use Vestnik\Tests\Bitrix\World;

class CApplicationException
{
    private $text;

    public function __construct($msg, $id = false)
    {
        $this->text = $msg;
    }

    public function GetString()
    {
        return $this->text;
    }
}

class CMain
{
    public function ThrowException($msg, $id = false)
    {
        World::current()->exception = is_object($msg) ? $msg : new CApplicationException($msg);
    }

    public function GetException()
    {
        return World::current()->exception ?? false;
    }

    public function ResetException()
    {
        World::current()->exception = null;
    }
}
