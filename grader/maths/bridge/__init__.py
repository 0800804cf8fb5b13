"""Sympy values to trees and back; sympy loads when one of them is called."""
