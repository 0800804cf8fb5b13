"""Two trees -> what their values at points, and exact arithmetic, say of them."""
