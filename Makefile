.PHONY: demo test check format bench docs pictures clean

demo:    ## start the sample configuration in the browser
	python3 run.py demo
test:    ## the tests alone, one process, stops at the first failure
	.venv/bin/python -m pytest -x
check:   ## everything that must hold before a change lands, as CI runs it
	python3 run.py test
format:  ## lay out the code and fix what can be fixed by itself
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .
bench:   ## measure, and check the results of what is measured
	.venv/bin/python -m benchmarks
docs:    ## write the generated reference pages anew
	.venv/bin/python -m designer.reference
	.venv/bin/python -m runtime_web.cli.reference
pictures: ## take the screenshots of the documentation anew
	.venv/bin/python -m tests.screenshots
clean:   ## remove what builds and tests leave behind
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist runtime_web/static/vendor
