/**
 * Changes the reference solutions a little, in many ways, and has the tests judge each: what they
 * let pass, they do not look at. For maintainers; it asks the grader's engine for verdicts.
 */
package course.checks.mutants;
