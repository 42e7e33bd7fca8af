/* Every difference between the PHP versions the extension supports (8.1 and later). */
#ifndef PHP_VESTNIK_COMPAT_H
#define PHP_VESTNIK_COMPAT_H

#include "php.h"

#if PHP_VERSION_ID >= 80200
#include "ext/random/php_random.h"
#else
#include "ext/standard/php_random.h"
#endif

static inline bool php_vestnik_interrupted(void)
{
#if PHP_VERSION_ID >= 80200
	return zend_atomic_bool_load_ex(&EG(vm_interrupt));
#else
	return EG(vm_interrupt);
#endif
}

#endif
