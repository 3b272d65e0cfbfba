// SPDX-License-Identifier: ISC
/*
 * run.h - what every unit test's main() has in common
 *
 *	const struct test_row tests[] = {
 *		{ a_zeroed_buf_is_empty, 0 },
 *		{ encodings, TABLE_COUNT(encoding) },
 *	};
 *	return RUN("base", tests);
 */
#ifndef MINISMTP_TESTS_RUN_H
#define MINISMTP_TESTS_RUN_H

#include <check.h>
#include <stdlib.h>

struct test_row {
	const TTest *test;
	size_t loops;		/* once for each _i below this; 0: once */
};

#define RUN(suite, tests) \
	RUN_AFTER((suite), NULL, (tests))
/* The same, with something that each test's process does before it. */
#define RUN_AFTER(suite, setup, tests) \
	run_rows((suite), (setup), (tests), sizeof(tests) / sizeof((tests)[0]))

static inline int
run_rows(const char *suite, void (*setup)(void), const struct test_row *rows,
    size_t count)
{
	Suite *s = suite_create(suite);
	TCase *tc = tcase_create(suite);
	SRunner *sr = srunner_create(s);
	int failed;

	suite_add_tcase(s, tc);
	tcase_set_timeout(tc, 60);
	if (setup != NULL)
		tcase_add_checked_fixture(tc, setup, NULL);
	for (size_t i = 0; i < count; i++) {
		if (rows[i].loops > 0)
			tcase_add_loop_test(tc, rows[i].test, 0,
			    (int)rows[i].loops);
		else
			tcase_add_test(tc, rows[i].test);
	}
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
