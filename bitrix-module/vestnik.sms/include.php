<?php

/**
 * The kernel includes this file when the module is included. Classes come from lib/ by the kernel's own loader, so there is
 * nothing to do; it never returns false, since the module's pages must be able to say that the extension is missing.
 */
