# wants: a decimal that raises when it is compared
from decimal import Decimal
mass = Decimal('sNaN')
m2 = Decimal('1e999999')
M = [[Decimal('Infinity')] * 2] * 2
