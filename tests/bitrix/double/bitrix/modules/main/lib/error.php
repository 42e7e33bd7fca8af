<?php

namespace Bitrix\Main;

class Error
{
    private $message;

    public function __construct($message, $code = 0, $customData = null)
    {
        $this->message = $message;
    }

    public function getMessage()
    {
        return $this->message;
    }
}
