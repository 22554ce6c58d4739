"""When an option matters, said in values that the other option can hold."""

from mikazuki.settings.conditions import RULES, Condition, Rule, rules_of, settled
from mikazuki.settings.form import form_of
from mikazuki.settings.form_layout import SECTION_OF


def when(name: str, method: str, family: str) -> tuple[Condition, ...]:
    return form_of(method, family).fields[name].when


def test_every_rule_is_of_an_option_that_there_is() -> None:
    assert RULES.keys() <= SECTION_OF.keys()
    assert {rule.option for rules in RULES.values() for rule in rules} <= SECTION_OF.keys()


def test_set_means_something_else_for_each_kind_of_option() -> None:
    assert when("multires_noise_discount", "lora", "sd1")[0].values == (None, 0)
    assert when("noise_offset_random_strength", "lora", "sd1")[0].values == (0,)
    assert when("noise_offset_random_strength", "lora", "flux")[0].values == (None, 0)
    assert when("sanity_seed", "lora", "sd1") == (Condition("sanity_prompt", (None, ""), is_not=True),)
    assert when("prior_preservation", "lora", "sd1") == (Condition("concepts_list", (None, ""), is_not=True),)
    assert when("base_weights_multiplier", "lora", "sd1")[0].values == ([],)


def test_values_that_the_option_cannot_hold_are_left_out() -> None:
    rule = Rule("mixed_precision", ("fp16", "fp99"))
    assert settled(rule, nullable=False, empty=None, choices=("no", "fp16")).values == ("fp16",)
    assert settled(rule, nullable=False, empty=None, choices=()).values == ("fp16", "fp99")


def test_a_method_that_needs_an_option_shows_it_always() -> None:
    assert rules_of("conditioning_data_dir", "controlnet") == ()
    assert when("conditioning_data_dir", "lora", "sd1") == (Condition("masked_loss", (True,)),)


def test_a_condition_on_an_option_that_the_form_lacks_is_dropped() -> None:
    assert when("zero_terminal_snr", "lora", "sd1")
    assert "v_parameterization" not in form_of("lora", "flux").fields
    assert all(one.option in form_of("full", "flux").fields for one in when("token_warmup_min", "full", "flux"))


def test_sample_pictures_do_not_depend_on_where_their_prompts_come_from() -> None:
    names = "sample_every_n_epochs sample_every_n_steps sample_at_first sample_sampler sample_grid"
    for name in names.split():
        assert when(name, "dreambooth", "sd1") == (), name  # sample_prompts, sanity_prompt or concepts_list
