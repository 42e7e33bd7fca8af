/* From a submission to a decision, in two steps: what needs no store, then, in a transaction, the facts and the gate. */
#ifndef VST_ENGINE_EVALUATE_H
#define VST_ENGINE_EVALUATE_H

#include "internal.h"
#include "text/phone.h"
#include "text/template.h"

/* A submission that was checked and made ready with no transaction open. Borrows from it and from the arena. */
typedef struct vst_prepared {
	const vst_submission *given;
	vst_category category;
	bool phone_valid;
	vst_phone phone;
	vst_str text;       /* rendered */
	vst_str given_text; /* text or template as given */
	bool from_template;
	vst_template_fault fault; /* why the template could not be rendered: R28's matter */
	const vst_zone *const *zones;
	size_t zone_count;
	const char *const *zone_names; /* NULL-terminated, empty when unknown */
	vst_zone_source zone_source;
	/* What the plan says of the number, and the region the message names in its stead; "" unknown. */
	vst_str operator_name, operator_inn, territory;
} vst_prepared;

/* Malformed input: VST_E_INVALID. What is merely unlawful or unreadable (R28, R29, R32) is left to the gate. */
vst_rc vst_prepare(vst_engine *engine, const vst_submission *given, vst_arena *arena, vst_prepared *out, vst_err *err)
	VST_CHECKED;

typedef struct vst_evaluation {
	const vst_gate_entity *entity;
	int64_t entity_id, sender_id, provider_id; /* name ids, 0 none */
	vst_str sender;
	int priority;           /* of an advertisement */
	vst_provider *provider; /* NULL: nobody takes this message yet */
	vst_gate_facts facts;   /* what the decision was made from */
	vst_person person;
	vst_decision decision;
} vst_evaluation;

/* Inside a transaction. `spread`: a deferral is spread over the opening (submit), or given exactly (check). */
vst_rc vst_evaluate(vst_engine *engine, vst_tx *tx, const vst_prepared *message, bool spread, vst_arena *arena,
                    vst_evaluation *out, vst_err *err) VST_CHECKED;

/* Facts about entity and sender, shared with the second look at dispatch. */
void vst_facts_sender(vst_engine *engine, const vst_settings *settings, vst_str sender, int64_t phone,
                      vst_gate_sender *out);

/* {"version": …, "findings": […]} of a decision, the form it is stored in. */
vst_str vst_decision_json(const vst_decision *decision, vst_arena *arena);
/* The findings of a stored decision: the JSON list inside it, borrowed. */
vst_str vst_decision_findings(vst_str stored);
/* Its verdict and the codes of its findings, in their order, borrowed. False: it is not one. */
bool vst_decision_read(vst_str stored, vst_verdict *verdict, vst_str codes[VST_FINDINGS_MAX], size_t *count);

#endif
