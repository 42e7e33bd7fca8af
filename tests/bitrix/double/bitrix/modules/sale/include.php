<?php

return true;
