"""
The plugged-in model: an endpoint that speaks OpenAI's chat completions.

`terms` says whether there is one, `reading`, `judging` and `ranking` have it do what the
rules of this house do otherwise. It is asked by workers only. What it answers is a
proposal: words that do not stand in the text are thrown away and counted, labels that
are not among those asked for count for nothing, and nothing else of it is believed.
"""
