# wants: nothing: magics, shell lines and plots are no mistakes
# earns: 1
%matplotlib inline
!pip install numpy
import matplotlib.pyplot as plt
plt.plot([1, 2]); plt.show()
# %%
%%time
mass = 0.7310585786300049
