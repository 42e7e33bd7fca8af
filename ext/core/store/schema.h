/* Migrations: what a store of each schema version holds. Additive within a major version. */
#ifndef VST_STORE_SCHEMA_H
#define VST_STORE_SCHEMA_H

#include "sql.h"

typedef struct vst_migration {
	int major, minor;                   /* the version that the step leads to */
	const char *sql[VST_DIALECT_COUNT]; /* run in one transaction */
} vst_migration;

typedef struct vst_schema {
	const vst_migration *steps; /* ascending; the first makes an empty database version 1.0 */
	size_t count;
	int oldest_minor; /* the oldest minor of the last step's major that this code can work with */
} vst_schema;

extern const vst_schema vst_schema_current;

#endif
