<?php

/** No options yet: all settings of SMS are kept by the extension (vestnik_configure). */

$vestnik_sms_default_option = [];
