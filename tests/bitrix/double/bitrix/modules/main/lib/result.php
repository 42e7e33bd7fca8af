<?php

namespace Bitrix\Main;

class Result
{
    private $errors = [];

    public function isSuccess()
    {
        return $this->errors === [];
    }

    public function addError($error)
    {
        $this->errors[] = $error;
        return $this;
    }

    public function getErrorMessages()
    {
        return array_map(static fn ($error) => $error->getMessage(), $this->errors);
    }
}
