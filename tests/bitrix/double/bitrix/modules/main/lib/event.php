<?php

namespace Bitrix\Main;

class Event
{
    private $moduleId;
    private $type;
    private $parameters;
    private $results = [];

    public function __construct($moduleId, $type, $parameters = [], $filter = null)
    {
        $this->moduleId = $moduleId;
        $this->type = $type;
        $this->parameters = $parameters;
    }

    public function getModuleId()
    {
        return $this->moduleId;
    }

    public function getEventType()
    {
        return $this->type;
    }

    public function getParameters()
    {
        return $this->parameters;
    }

    public function getParameter($key)
    {
        return $this->parameters[$key] ?? null;
    }

    public function getResults()
    {
        return $this->results;
    }

    public function addResult($result)
    {
        $this->results[] = $result;
    }

    public function send($sender = null)
    {
        EventManager::getInstance()->send($this);
    }
}
