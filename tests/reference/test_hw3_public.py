"""What students may check of homework 3: right answers fit, and no answer is told."""

import ast
import inspect
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reference import hw3, hw3_public

Property = Callable[..., str | None]

own_tv = partial(hw3.tv_bound, volume_bound=hw3.volume_bound)
own_determinant = partial(hw3.abs_det_jacobian, jacobian=hw3.jacobian)
own_z0 = hw3.z0(f_inverse=hw3.f_inverse)

RIGHT: dict[str, Any] = {
    "f_inverse": hw3.f_inverse,
    "z0": own_z0,
    "jacobian": hw3.jacobian,
    "abs_det_jacobian": own_determinant,
    "p_x0": hw3.p_x0(z0=own_z0, abs_det_jacobian=own_determinant),
    "kl_bound_from_event": hw3.kl_bound_from_event,
    "radius_squared": hw3.radius_squared,
    "volume_bound": hw3.volume_bound,
    "tv_bound": own_tv,
    "eps_max": hw3.eps_max(tv_bound=own_tv),
    "eps_star": hw3.eps_star(tv_bound=own_tv),
    "kl_bound": hw3.kl_bound(tv_bound=own_tv),
    "dL_dD": hw3.dL_dD,
    "optimal_discriminator": hw3.optimal_discriminator,
    "optimal_value": hw3.optimal_value,
    "dlog_dh": hw3.dlog_dh,
    "generator_gradient": hw3.generator_gradient,
    "h_limit": hw3.h_limit,
    "gradient_size": hw3.gradient_size,
}


def asked_of(check: Property) -> list[str]:
    """Name the answers that a property asks for."""
    return [
        name
        for name, parameter in inspect.signature(check).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]


PROPERTIES: list[Property] = [
    check
    for _, check in inspect.getmembers(hw3_public, inspect.isfunction)
    if asked_of(check)
]


@pytest.mark.parametrize("check", PROPERTIES, ids=lambda check: check.__name__)
def test_right_answers_fit(check: Property) -> None:
    answers = {name: RIGHT[name] for name in asked_of(check)}

    assert check(**answers) is None


def test_every_answer_has_a_property() -> None:
    asked = {name for check in PROPERTIES for name in asked_of(check)}

    assert asked == set(RIGHT)


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (hw3_public.inverse_undoes_the_map, {"f_inverse": hw3.f_inverse_without_exp}),
        (hw3_public.inverse_undoes_the_map, {"f_inverse": lambda _: np.zeros(2)}),
        (hw3_public.z0_is_mapped_to_x0, {"z0": [0, 1, 1 / 3]}),
        (hw3_public.z0_is_mapped_to_x0, {"z0": 0.0}),
        (
            hw3_public.jacobian_agrees_with_differences,
            {"jacobian": hw3.jacobian_without_inner_derivative},
        ),
        (
            hw3_public.jacobian_agrees_with_differences,
            {"jacobian": hw3.jacobian_for_positive_u},
        ),
        (
            hw3_public.determinant_belongs_to_the_jacobian,
            {"jacobian": hw3.jacobian_without_third},
        ),
        (hw3_public.density_is_positive, {"p_x0": -0.01}),
        (hw3_public.density_is_positive, {"p_x0": np.nan}),
        (
            hw3_public.kl_bound_is_never_negative,
            {"kl_bound_from_event": hw3.kl_bound_without_volume},
        ),
        (hw3_public.radius_grows_with_eps, {"radius_squared": lambda *_: 1.0}),
        (hw3_public.volume_bound_is_positive, {"volume_bound": lambda _: np.nan}),
        (hw3_public.tv_bound_stays_below_eps, {"tv_bound": lambda eps: eps}),
        (hw3_public.eps_max_is_where_tv_bound_ends, {"eps_max": 0.7}),
        (hw3_public.eps_max_is_where_tv_bound_ends, {"eps_max": 0.4}),
        (hw3_public.eps_star_is_best, {"eps_star": 0.25}),
        (hw3_public.kl_bound_follows_from_tv_bound, {"kl_bound": 0.05}),
        (hw3_public.slope_agrees_with_differences, {"dL_dD": hw3.dL_dD_data_sign}),
        (
            hw3_public.discriminator_is_a_probability,
            {"optimal_discriminator": lambda p, q: p / q},
        ),
        (
            hw3_public.slope_vanishes_at_the_optimum,
            {"optimal_discriminator": hw3.optimal_discriminator_swapped},
        ),
        (
            hw3_public.optimal_value_lies_in_range,
            {"optimal_value": hw3.optimal_value_sign},
        ),
        (
            hw3_public.optimal_value_lies_in_range,
            {"optimal_value": hw3.optimal_value_with_nan},
        ),
        (
            hw3_public.log_slope_agrees_with_differences,
            {"dlog_dh": hw3.dlog_dh_without_sign},
        ),
        (
            hw3_public.gradient_is_linear_in_dG,
            {"generator_gradient": hw3.generator_gradient_sum},
        ),
        (hw3_public.h_limit_is_no_number, {"h_limit": -100.0}),
        (
            hw3_public.gradient_size_belongs_to_dlog_dh,
            {"gradient_size": lambda share: share * (1 - share)},
        ),
    ],
)
def test_what_does_not_fit_is_said(check: Property, wrong: dict[str, Any]) -> None:
    answers = {name: RIGHT[name] for name in asked_of(check)} | wrong

    remark = check(**answers)

    assert remark
    assert not re.search(r"\d\.\d{3}", remark)


def source() -> str:
    return Path(hw3_public.__file__).read_text(encoding="utf-8")


def test_the_properties_import_no_answer() -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(source()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None), *(a.name for a in node.names)]
    }

    assert not any(name and name.startswith(("hw3", "reference")) for name in imported)


def test_the_properties_print_no_long_number() -> None:
    literals = [
        node.value
        for node in ast.walk(ast.parse(source()))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    ]
    digits = [f"{value:.15g}".replace(".", "").strip("0") for value in literals]

    assert all(len(d) < 4 or "e" in d for d in digits)


def test_no_function_body_of_the_reference_stands_in_the_properties() -> None:
    bodies = {
        inspect.getsource(function).split("\n    ", 2)[-1].strip()
        for _, function in inspect.getmembers(hw3, inspect.isfunction)
    }

    assert not any(body in source() for body in bodies)
